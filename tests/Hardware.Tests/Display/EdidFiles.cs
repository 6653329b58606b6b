namespace DrmActors.Hardware.Tests.Display;

/// <summary>The thirteen real EDIDs beside this file.</summary>
internal static class EdidFiles
{
    internal const string Corrupted = "acer-xv273k-dp1-corrupted";

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Display", "edid");

    internal static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder, "*.bin").Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal);

    internal static string PathOf(string name) => Path.Combine(Folder, name + ".bin");

    internal static byte[] Read(string name) => File.ReadAllBytes(PathOf(name));
}
