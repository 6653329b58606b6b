#pragma warning disable CA1416 // The bridge runs where its client library does: on Linux.
namespace DrmActors.Bridge.Files;

/// <summary>What is served, on disk for the client library, and by path for those who open it.</summary>
internal sealed class ServedTree : IDisposable
{
    // Sysfs tells one page for every file.
    private const long FileSize = 4096;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode NodeMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private readonly Dictionary<string, ServedNode> _nodes = new(StringComparer.Ordinal);
    private readonly string _root;

    /// <exception cref="IOException">The folder holds something that no bridge has made.</exception>
    public ServedTree(string root)
    {
        _root = root;
        if (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any())
        {
            // One that was killed leaves its own behind.
            if (!Directory.Exists(PlaceOf("/dev/dri")))
                throw new IOException($"{root} is not empty");
            Directory.Delete(root, recursive: true);
        }

        Directory.CreateDirectory(root, Private);
    }

    /// <summary>An absolute path, and what it leads to from there on.</summary>
    public ServedFolder Folder(string path)
    {
        Directory.CreateDirectory(PlaceOf(path));
        return new ServedFolder(this, path);
    }

    /// <summary>Where the tree has it.</summary>
    public string PlaceOf(string path) => _root + path;

    public ServedNode? Find(string path) => _nodes.GetValueOrDefault(path);

    public void Add(string path, ServedNode node)
    {
        _nodes.Add(path, node);
        Make(path, FileSize, node.Mode);
    }

    /// <summary>A device node. The library knows it by the sticky bit, and its minor by its size.</summary>
    public void AddCard(string path, int minor) => Make(path, minor, NodeMode | UnixFileMode.StickyBit);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Make(string path, long size, UnixFileMode mode)
    {
        using (var file = File.Create(PlaceOf(path)))
            file.SetLength(size);
        File.SetUnixFileMode(PlaceOf(path), mode);
    }
}
