using DrmActors.Cli.Native;

namespace DrmActors.Cli.Serving;

/// <summary>A fresh folder of this user alone, for as long as it is needed: where the user's sockets belong, else with the temporary files.</summary>
internal sealed class PrivateFolder : IDisposable
{
    // A socket's whole path has at most 107 bytes.
    private const int PathAtMost = 80;

    private PrivateFolder(string path) => Path = path;

    public string Path { get; }

    public static PrivateFolder Create()
    {
        string[] places = [Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") ?? "", System.IO.Path.GetTempPath(), "/tmp"];
        var place = Array.Find(places, p => p.Length is > 0 and < PathAtMost && p[0] == '/' && Posix.CanWrite(p)) ?? "/tmp";
        return new PrivateFolder(Posix.MakeTemporaryFolder(System.IO.Path.Combine(place, "drm-")));
    }

    public void Dispose()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }
}
