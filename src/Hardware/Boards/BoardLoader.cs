using System.Collections.Immutable;
using Hocon;

namespace DrmActors.Hardware.Boards;

/// <summary>Reads board files. What is wrong with one is told with file, line, key, what was found and what is allowed.</summary>
public static class BoardLoader
{
    /// <param name="nameOrFile">A board's name, looked up as config/boards/NAME.conf, or a file: what has a folder or ends in ".conf".</param>
    /// <exception cref="BoardException">No such board or file, or a broken one.</exception>
    public static BoardDescription Load(string nameOrFile)
    {
        var isFile = nameOrFile.EndsWith(".conf", StringComparison.Ordinal) || nameOrFile.Contains(Path.DirectorySeparatorChar);
        var file = isFile ? nameOrFile : ConfigFiles.Find($"boards/{nameOrFile}.conf")
            ?? throw new BoardException(nameOrFile, 0, "", "no board of that name", string.Join(", ", ConfigFiles.Boards()));
        try
        {
            return Parse(File.ReadAllText(file), file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BoardException(file, 0, "", e.Message, "a readable board file", e);
        }
    }

    /// <param name="fileName">Named in errors; its folder is where relative EDID files are looked for.</param>
    /// <exception cref="BoardException">A broken description.</exception>
    public static BoardDescription Parse(string text, string fileName)
    {
        var document = new HoconDocument(text, fileName);
        return BoardReader.Read(document.Root, fileName);
    }
}
