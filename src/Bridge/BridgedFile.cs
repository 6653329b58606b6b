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
    private bool _hasEnded;

    private readonly BridgeCore _core;

    /// <param name="socket">This end of the pair whose other end only its client has; -1 until there is one.</param>
    public BridgedFile(BridgeCore core, int minor, int accessMode, int socket)
    {
        _core = core;
        (Id, Minor, AccessMode, Socket) = (core.NextFile(), minor, accessMode, socket);
    }

    /// <summary>Number of the open, in the bridge.</summary>
    public ulong Id { get; }

    public int Minor { get; }

    public int Socket { get; private set; }

    /// <summary>O_RDONLY, O_WRONLY or O_RDWR.</summary>
    public int AccessMode { get; }

    /// <summary>Opened with O_RDONLY: its mappings cannot be written.</summary>
    public bool IsReadOnly => AccessMode == 0;

    /// <summary>By which everybody finds out what the client's end is.</summary>
    public string Name => $"{WireConstants.Name}c/{Minor}/{_core.Token}/{Id}/{AccessMode}";

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

    /// <summary>By a lease; it gets its end when the call is answered.</summary>
    public IEventSink MakeAnother() => new BridgedFile(_core, Minor, AccessMode, socket: -1);

    /// <summary>Gives it its end.</summary>
    public void Connect(int socket)
    {
        lock (_lock)
        {
            Socket = socket;
            if (_hasEnded)
                SocketEnd.EndSending(socket);
        }
    }

    public void Discard() => Close();

    public void End()
    {
        lock (_lock)
        {
            _hasEnded = true;
            // The number of one that is closed may be another's.
            if (!_isClosed && Socket >= 0)
                SocketEnd.EndSending(Socket);
        }
    }

    /// <summary>This end, once no event goes there any more.</summary>
    public void Close()
    {
        lock (_lock)
            _isClosed = true;
        if (Socket >= 0)
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
