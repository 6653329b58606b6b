using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Protocol;
using DrmActors.Bridge.Calls;
using DrmActors.Bridge.Uevents;
using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>The files beside the card nodes that programs look at: sysfs, udev's data, debugfs.</summary>
internal sealed class ServedFiles : IDisposable
{
    private const UnixFileMode SwSyncMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly ServedTree _tree;

    /// <summary>The descriptions that clients have open, and not the host. Asked on the bridge's thread.</summary>
    public Func<IEnumerable<Description>> OpenByClients { get; set; } = () => [];

    /// <summary>What is written to bind and unbind.</summary>
    public BoardChanges Changes { get; } = new();

    /// <summary>Who hears of what comes, goes and changes.</summary>
    public UeventMonitors Monitors { get; }

    /// <summary>Makes the tree of all cards of the host, which is up.</summary>
    /// <exception cref="IOException">The folder cannot be made, or holds something else.</exception>
    public ServedFiles(DrmHost host, string root, UeventMonitors monitors)
    {
        Monitors = monitors;
        _tree = new ServedTree(root, monitors);
        // It says that udev runs: nobody listens to it without.
        _tree.Folder("/run/udev").Text("control", "");
        _tree.Folder("/sys/class/drm").Text("version", "drm 1.1.0 20060810\n");
        var sync = _tree.Folder("/sys/kernel/debug/sync");
        sync.Text("info", () => SyncText.Of(host.Descriptors.Open.Concat(OpenByClients())));
        sync.Add("sw_sync", new ServedNode(SwSyncMode, () => new ServedFile(Errno.None, Make: host.OpenSwSync), null) { IsDevice = true });
        foreach (var board in host.Boards)
            if (ViewOf(host, board.Minor) is { } view)
                Add(host, board.Minor, view);
    }

    /// <summary>The files of a card, in place of those of the last one of its number.</summary>
    public void Add(DrmHost host, int minor, CardView view)
    {
        Remove(minor);
        CardTree.Add(_tree, new ServedCard(host, minor, view), Changes);
    }

    /// <summary>Connectors that came at run time get files, and those of what has gone go.</summary>
    public void Update(DrmHost host, int minor, CardView view) => CardTree.Update(_tree, new ServedCard(host, minor, view));

    /// <summary>A card that is gone has no files; what is open of them stays.</summary>
    public void Remove(int minor) => CardTree.Remove(_tree, $"card{minor}");

    /// <summary>Something about a card has changed: whoever listens is told, with these variables.</summary>
    public void Change(int minor, params IReadOnlyList<(string Name, string Value)> variables) => _tree.Change($"card{minor}", variables);

    /// <summary>open(2) of a path as the program knows it, without links. Called on the bridge's thread: it does not wait, and answers once, now or later, on any thread.</summary>
    public void Open(string path, int flags, Action<ServedFile> answer)
    {
        if (_tree.Find(path) is { } node)
            node.Open(flags, answer);
        else
            answer(new ServedFile(Errno.ENOENT));
    }

    public void Dispose() => _tree.Dispose();

    // The device answers at once, or its death does.
    private static CardView? ViewOf(DrmHost host, int minor)
    {
        var answered = new TaskCompletionSource<CardView?>(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Supervisor.Tell(new ViewCard(minor), host.System.ActorOf(ReplyActor.Props(r => answered.SetResult(((Reply<CardView>)r).Value))));
        return answered.Task.GetAwaiter().GetResult();
    }
}
