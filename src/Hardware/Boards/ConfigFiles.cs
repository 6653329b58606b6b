namespace DrmActors.Hardware.Boards;

/// <summary>Finds what lies under <c>config/</c>: beside the program, else in the nearest folder above it.</summary>
public static class ConfigFiles
{
    /// <param name="name">As "drm.conf" or "boards/rk3399.conf".</param>
    /// <returns>The full path, null if there is no such file.</returns>
    public static string? Find(string name) => Folders().Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);

    /// <summary>Names that <see cref="BoardLoader.Load"/> takes, sorted.</summary>
    internal static IEnumerable<string> Boards() => Folders()
        .Select(f => Path.Combine(f, "boards"))
        .Where(Directory.Exists)
        .SelectMany(f => Directory.EnumerateFiles(f, "*.conf"))
        .Select(f => Path.GetFileNameWithoutExtension(f))
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal);

    private static IEnumerable<string> Folders()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return Path.Combine(folder.FullName, "config");
    }
}
