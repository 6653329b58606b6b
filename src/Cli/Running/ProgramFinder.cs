using DrmActors.Cli.Native;

namespace DrmActors.Cli.Running;

/// <summary>Finds a program as a shell does.</summary>
internal static class ProgramFinder
{
    private const string DefaultPath = "/bin:/usr/bin";

    /// <summary>The file; or where there is none to execute, its exit code and why.</summary>
    public static (string? File, int Code, string Why) Find(string name, string? searchPath)
    {
        var why = (ExitCodes.NotFound, name.Contains('/') ? "no such file" : "not found in PATH");
        foreach (var file in Candidates(name, searchPath ?? DefaultPath))
        {
            if (Directory.Exists(file))
                why = (ExitCodes.NotExecutable, "a folder");
            else if (File.Exists(file) && Posix.CanExecute(file))
                return (file, ExitCodes.Success, "");
            else if (File.Exists(file))
                why = (ExitCodes.NotExecutable, "not executable");
        }

        return (null, why.Item1, why.Item2);
    }

    private static IEnumerable<string> Candidates(string name, string searchPath)
    {
        if (name.Length == 0)
            return [];
        return name.Contains('/') ? [name] : searchPath.Split(':').Select(folder => Path.Combine(folder.Length == 0 ? "." : folder, name));
    }
}
