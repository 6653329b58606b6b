using Akka.Actor;
using DrmActors.Actors.Files;
using DrmActors.Bridge.Native;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Bridge;

/// <summary>An open of a card by another process: this end of its descriptor, and the file's actor.</summary>
internal sealed unsafe class BridgedFile(ulong id, int minor, int socket, bool isReadOnly) : IEventSink
{
    private const int EventBytes = VblankEvent.Bytes;

    // What an unread event takes of the socket's buffer. The same for all: they are of one size.
    private static readonly int EventCost = Measure();

    /// <summary>Number of the open, in the bridge.</summary>
    public ulong Id { get; } = id;

    public int Minor { get; } = minor;

    public int Socket { get; } = socket;

    /// <summary>Opened with O_RDONLY: its mappings cannot be written.</summary>
    public bool IsReadOnly { get; } = isReadOnly;

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
