using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>The files beside the card nodes that programs look at: sysfs, udev's data, debugfs.</summary>
internal sealed class ServedFiles(DrmHost host, string root) : IDisposable
{
    public DrmHost Host { get; } = host;

    public string Root { get; } = root;

    /// <summary>open(2) of a path as the program knows it. Called on the bridge's thread: it does not wait, and answers once, now or later.</summary>
    public void Open(string path, int flags, Action<ServedFile> answer) => answer(new ServedFile(Errno.ENOENT));

    public void Dispose()
    {
    }
}
