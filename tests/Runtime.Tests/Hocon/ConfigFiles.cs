using System.Text;
using Hocon;

namespace DrmActors.Runtime.Tests.Configurations;

/// <summary>The files under config/, and a dump of one that is the same whichever reader read it.</summary>
internal static class ConfigFiles
{
    public static string Folder { get; } = Api.Loaded.File("config");

    public static string GoldenFolder { get; } = Api.Loaded.File("tests", "Runtime.Tests", "Hocon", "golden");

    /// <summary>Paths below <see cref="Folder"/>, sorted.</summary>
    public static IReadOnlyList<string> All { get; } = Directory.Exists(Folder)
        ? Directory.EnumerateFiles(Folder, "*.conf", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Folder, file))
            .Order(StringComparer.Ordinal)
            .ToList()
        : [];

    public static string Golden(string file) =>
        Path.Combine(GoldenFolder, Path.ChangeExtension(file, ".txt").Replace(Path.DirectorySeparatorChar, '.'));

    /// <summary>One leaf a line, path and text; keys sorted, as the real reader's order after a merge is not ours to pin.</summary>
    public static string Dump(string text) =>
        string.Concat(Leaves(HoconConfigurationFactory.ParseString(text).Root, "").Select(leaf => $"{leaf.Path} = {leaf.Text}\n"));

    public static IEnumerable<(string Path, string Text)> Leaves(HoconValue value, string path) => value.Type switch
    {
        HoconType.Object => value.GetObject()
            .OrderBy(field => field.Key, StringComparer.Ordinal)
            .SelectMany(field => Leaves(field.Value.Value, $"{path}{(path.Length == 0 ? "" : ".")}{Quoted(field.Key)}"))
            .DefaultIfEmpty((path, "{}")),
        HoconType.Array => value.GetArray()
            .SelectMany((item, i) => Leaves(item, $"{path}[{i}]"))
            .DefaultIfEmpty((path, "[]")),
        _ => [(path, Shown(value.GetString()))],
    };

    private static string Quoted(string key) => key.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? key : $"\"{key}\"";

    private static string Shown(string text) => new StringBuilder(text).Replace("\\", "\\\\").Replace("\n", "\\n").ToString();
}
