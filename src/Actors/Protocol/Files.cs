using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Files;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Protocol;

/// <summary>Who opens: what the kernel would know of the process.</summary>
/// <param name="Name">What the process calls itself; empty where nobody asked.</param>
internal sealed record Credentials(int ProcessId, int UserId, string Name = "")
{
    public Caller Caller => new(ProcessId, UserId);

    public bool IsRoot => Caller.IsRoot;
}

/// <summary>A call to a card by its number: the supervisor forwards it, or answers ENODEV where there is no such card.</summary>
internal interface ICardCall : IIoctl
{
    /// <summary>N of cardN.</summary>
    int Minor { get; }
}

/// <summary>
/// open(2) on a card. ENODEV where there is no such card, or none any more. Goes to the supervisor, which forwards it to the card.
/// </summary>
/// <param name="Events">Null for a file that is read by calls. A file of another process has a descriptor for them, and so it is local.</param>
internal sealed record OpenCard(int Minor, Credentials Credentials, IEventSink? Events = null) : IIoctl<CardOpened>, ICardCall;

/// <param name="File">Takes the ioctls; each is answered to its sender with a Reply.</param>
/// <param name="View">Answers reads where they come in; also local.</param>
internal sealed record CardOpened(IActorRef File, ulong FileId, FileView View);

/// <summary>The answer of CREATE_LEASE, with the lessee's file.</summary>
/// <param name="Events">Where its process reads its events; null for a file that is read by calls.</param>
internal sealed record LeaseOpened(uint Lessee, CardOpened Card, IEventSink? Events) : LeaseCreated(Lessee);

/// <summary>
/// The sender's process has got a signal, or is gone: its pending WAIT_VBLANK or read is answered at once, with EINTR. Nothing happens where it was
/// answered already. A file's calls are told apart by their senders, so a sender has one pending call at a time.
/// </summary>
internal sealed record InterruptCall
{
    public static readonly InterruptCall Instance = new();
}

// Between a file and its device.

/// <summary>The file has closed (or its actor died: then the device learns it by watching). The device answers the sender when all is given back.</summary>
internal sealed record FileClosing(ulong FileId);

/// <summary>An event whose space was reserved before.</summary>
internal sealed record DeliverEvent(DrmEvent Event);

/// <summary>The answer of a call that may have waited for a commit: it comes after the events that the file was told of before it.</summary>
internal sealed record CallAnswer(IActorRef Caller, object Reply);

/// <summary>Reserved event space that no event will use: the call that reserved it has failed.</summary>
internal sealed record ReleaseEventSpace(int Length);

/// <summary>A call on behalf of a file, with what only the file knows. The answer goes to the sender.</summary>
/// <param name="Events">How many events the file has reserved for what the call asks for.</param>
internal sealed record FileCall(ulong FileId, IActorRef File, IIoctl Call, int Events = 0)
{
    public bool HasEventSpace => Events > 0;
}

/// <summary>A commit touches more CRTCs than when its file counted them: the file is to count again.</summary>
internal sealed record CommitAgain(ModeAtomic Call);

/// <summary>A new framebuffer, checked, with its references taken by the file. The device gives it an id, or drops the references.</summary>
internal sealed record PublishFramebuffer(Framebuffer Framebuffer, ImmutableArray<GemReference> Objects) : IIoctl<FramebufferAdded>;

/// <summary>
/// GETFB: the file gets its handles, by the objects' ids, of what is under a framebuffer; or each is answered with <see cref="HandleOpened"/> and
/// ENOENT where that has just gone.
/// </summary>
internal sealed record OpenFramebuffer(ulong FileId, FramebufferId Framebuffer, IReadOnlyDictionary<ulong, GemHandle> Handles);

/// <summary>A cursor call, with what the file made of its buffer. The device shows it, or drops the references.</summary>
/// <param name="Framebuffer">Null where the call brings no buffer; then there are no objects either.</param>
internal sealed record ShowCursor(ModeCursor2 Call, Framebuffer? Framebuffer, ImmutableArray<GemReference> Objects) : IIoctl<Done>;

/// <summary>GETCONNECTOR with a probe, by the master.</summary>
internal sealed record ProbeConnector(ConnectorId Connector, ModeClient Client) : IIoctl<ModeConnector>;

/// <summary>The device is unplugged: fail who waits.</summary>
internal sealed record DeviceGone
{
    public static readonly DeviceGone Instance = new();
}

/// <summary>The device has taken back all that the file had; it can stop.</summary>
internal sealed record FileReleased
{
    public static readonly FileReleased Instance = new();
}
