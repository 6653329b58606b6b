#pragma warning disable CA1416 // The bridge runs where its client library does: on Linux.
using DrmActors.Bridge.Uevents;

namespace DrmActors.Bridge.Files;

/// <summary>What is served, on disk for the client library, and by path for those who open it.</summary>
internal sealed class ServedTree : IDisposable
{
    // Sysfs tells one page for every file.
    private const long FileSize = 4096;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode NodeMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    private readonly Dictionary<string, ServedNode> _nodes = new(StringComparer.Ordinal);

    // What was made for each owner (a card, or one of its connectors), in this order, and for which one it is being made.
    private readonly Dictionary<string, Owned> _made = new(StringComparer.Ordinal);
    private Owned _making = new();
    private readonly string _root;
    private readonly UeventMonitors _monitors;

    /// <exception cref="IOException">The folder holds something that no bridge has made.</exception>
    public ServedTree(string root, UeventMonitors monitors)
    {
        (_root, _monitors) = (root, monitors);
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
        MakeFolder(path);
        return new ServedFolder(this, path);
    }

    public IEnumerable<string> Owners => _made.Keys;

    /// <summary>What is made meanwhile is the owner's, and goes with it. Then its devices are told of.</summary>
    public void Add(string owner, Action make)
    {
        Remove(owner);
        var outer = _making;
        var owned = _made[owner] = _making = new Owned();
        make();
        _making = outer;
        foreach (var device in owned.Devices)
            _monitors.Tell("add", device);
    }

    /// <summary>Folders in which others have something stay.</summary>
    public void Remove(string owner)
    {
        if (!_made.Remove(owner, out var owned))
            return;
        Remove(owned.Paths);
        foreach (var device in owned.Devices)
            _monitors.Tell("remove", device);
    }

    /// <summary>Its folder is one of a device, with what sysfs and udev know of it.</summary>
    /// <param name="id">By which udev knows it.</param>
    public void AddDevice(ServedFolder folder, string variables, UdevEntry entry, string id)
    {
        var device = new ServedDevice(folder.Path["/sys".Length..], variables, entry);
        _making.Devices.Add(device);
        folder.Writable("uevent", () => variables, (text, answer) => answer(SynthUevent.Tell(_monitors, device, text)));
        Folder("/run/udev/data").Text(id, entry.Text);
    }

    /// <summary>Something about the owner's first device has changed.</summary>
    public void Change(string owner, params IReadOnlyList<(string Name, string Value)> variables)
    {
        if (_made.TryGetValue(owner, out var owned))
            _monitors.Tell("change", owned.Devices[0], variables);
    }

    private void Remove(List<string> paths)
    {
        for (var i = paths.Count - 1; i >= 0; i--)
        {
            _nodes.Remove(paths[i]);
            var place = PlaceOf(paths[i]);
            if (!Directory.Exists(place) || File.GetAttributes(place).HasFlag(FileAttributes.ReparsePoint))
                File.Delete(place);
            else if (!Directory.EnumerateFileSystemEntries(place).Any())
                Directory.Delete(place);
        }
    }

    /// <param name="target">Relative to the folder that the link is in.</param>
    public void Link(string path, string target)
    {
        File.CreateSymbolicLink(PlaceOf(path), target);
        _making.Paths.Add(path);
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

    private void MakeFolder(string path)
    {
        if (Directory.Exists(PlaceOf(path)))
            return;
        if (Path.GetDirectoryName(path) is { Length: > 1 } above)
            MakeFolder(above);
        Directory.CreateDirectory(PlaceOf(path));
        _making.Paths.Add(path);
    }

    private void Make(string path, long size, UnixFileMode mode)
    {
        _making.Paths.Add(path);
        using (var file = File.Create(PlaceOf(path)))
            file.SetLength(size);
        File.SetUnixFileMode(PlaceOf(path), mode);
    }

    private sealed class Owned
    {
        public List<string> Paths { get; } = [];

        public List<ServedDevice> Devices { get; } = [];
    }
}
