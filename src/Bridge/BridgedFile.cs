using Akka.Actor;
using DrmActors.Actors.Files;
using DrmActors.Bridge.Native;
using DrmActors.Bridge.Wire;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Bridge;

/// <summary>An open of a card by another process: this end of its descriptor, and the file's actor.</summary>
internal sealed unsafe class BridgedFile : IEventSink
{
    private const int EventBytes = VblankEvent.Bytes;

    // What an unread event takes of the socket's buffer. The same for all: they are of one size.
    private static readonly int EventCost = Measure();

    private readonly Lock _lock = new();
    private bool _isClosed;

    private readonly BridgeCore _core;

    private BridgedFile(BridgeCore core, ulong id, int minor, int socket, int theirs, bool isReadOnly)
    {
        _core = core;
        (Id, Minor, Socket, Theirs, IsReadOnly) = (id, minor, socket, theirs, isReadOnly);
    }

    /// <summary>Number of the open, in the bridge.</summary>
    public ulong Id { get; }

    public int Minor { get; }

    public int Socket { get; }

    /// <summary>The process's end, until it has been sent to it; whoever sends it closes it here.</summary>
    public int Theirs { get; }

    /// <summary>Opened with O_RDONLY: its mappings cannot be written.</summary>
    public bool IsReadOnly { get; }

    /// <summary>Set when the open has succeeded, before anybody can call.</summary>
    public IActorRef Actor { get; set; } = ActorRefs.Nobody;

    /// <inheritdoc cref="Actor"/>
    public FileView View { get; set; } = null!;

    public ulong PollKey { get; set; }

    public int Unread
    {
        get
        {
            var queued = 0;
            _ = Sys.Control(Socket, Sys.OutQueue, &queued);
            return queued / EventCost * EventBytes;
        }
    }

    /// <summary>The two ends of a descriptor of a card that nobody has opened yet.</summary>
    public static Errno Create(BridgeCore core, int minor, bool isReadOnly, out BridgedFile? file)
    {
        var id = core.NextFile();
        var errno = SocketEnd.CreateNamedPair($"{WireConstants.Name}c/{minor}/{core.Token}/{id}", out var ours, out var theirs);
        file = errno == Errno.None ? new BridgedFile(core, id, minor, ours, theirs, isReadOnly) : null;
        return errno;
    }

    public IEventSink? MakeAnother() => Create(_core, Minor, IsReadOnly, out var another) == Errno.None ? another : null;

    public void Discard()
    {
        Close();
        Sys.Close(Theirs);
    }

    public void End()
    {
        // The number of one that is closed may be another's.
        lock (_lock)
            if (!_isClosed)
                SocketEnd.EndSending(Socket);
    }

    /// <summary>This end, once no event goes there any more.</summary>
    public void Close()
    {
        lock (_lock)
            _isClosed = true;
        Sys.Close(Socket);
    }

    public void Deliver(DrmEvent drmEvent)
    {
        Span<byte> bytes = stackalloc byte[drmEvent.Length];
        if (UapiCodec.TryEncodeEvent(drmEvent, bytes))
            SocketEnd.Send(Socket, bytes);
    }

    private static int Measure()
    {
        var ends = stackalloc int[2];
        if (Sys.SocketPair(Sys.AddressUnix, Sys.SeqPacket | Sys.CloseOnExec, 0, ends) != 0)
            return 768;
        Span<byte> one = stackalloc byte[EventBytes];
        var queued = 0;
        SocketEnd.Send(ends[0], one);
        _ = Sys.Control(ends[0], Sys.OutQueue, &queued);
        Sys.Close(ends[0]);
        Sys.Close(ends[1]);
        return Math.Max(1, queued);
    }
}
