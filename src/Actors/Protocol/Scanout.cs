using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Fences;
using DrmActors.Hardware.Memory;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Protocol;

/// <summary>The hardware part of a commit, for one CRTC: take it over at the next vblank, then tell the device.</summary>
/// <param name="Planes">What is shown, from the farthest to the nearest.</param>
/// <param name="Event">Told to the file at the latch; null for none.</param>
/// <param name="Immediate">At once, in the middle of a frame: for cursors, and for asynchronous flips.</param>
/// <param name="Writebacks">Where the first frame of it is written, besides to the screen.</param>
/// <param name="IsDamageKnown">Nothing changes but what the damage clips of the planes say that are new.</param>
/// <param name="After">Nothing of it is done before this has been signalled; null for nothing to wait for.</param>
internal sealed record Latch(
    long CommitId, CrtcState Crtc, ImmutableArray<PlaneState> Planes, FlipRequest? Event, bool Immediate, ImmutableArray<Writeback> Writebacks,
    Fence? After = null, bool IsDamageKnown = false);

/// <summary>A frame into a framebuffer.</summary>
/// <param name="Written">Signalled when it is there, or cannot be any more; null where nobody wants to know.</param>
/// <param name="Pointer">Which property asked for that.</param>
internal sealed record Writeback(Framebuffer Target, Fence? Written, ulong Pointer);

/// <summary>The commit waits for no fence any more: they are signalled, or are not waited for any longer. Nothing where it did not.</summary>
internal sealed record FencesCame(long CommitId);

/// <summary>The cursor of a CRTC while a commit is on the way to it: shown so at once, and with that commit.</summary>
/// <param name="Was">The plane as it may be shown now.</param>
/// <param name="WithCommit">All that is shown when the commit latches.</param>
internal sealed record CursorMoved(PlaneState Was, PlaneState Now, ImmutableArray<PlaneState> WithCommit);

/// <summary>Who wants to hear of a flip, with what.</summary>
internal sealed record FlipRequest(IActorRef File, ulong UserData);

/// <summary>The commit is on the screen, and what was there before is no longer read. To the device.</summary>
/// <param name="Time">When that was, in nanoseconds.</param>
/// <param name="News">The commit's event, which the file has before what waited for the commit is done.</param>
/// <param name="Errno">Why it never came to the screen.</param>
internal sealed record Latched(CrtcId Crtc, long CommitId, long Time, FileNews? News = null, Errno Errno = Errno.None);

/// <summary>
/// What a display controller has for a file: an event, the answer of a wait, or both, in this order. It goes by way of the device, as the
/// answers of mode setting do, so that a file gets its events and a caller its answers in the order in which they came about.
/// </summary>
internal sealed record FileNews(IActorRef File, DrmEvent? Event, CallAnswer? Answer = null);

/// <summary>WAIT_VBLANK on this CRTC. Answered to the sender; with an event flag the file gets that later.</summary>
/// <param name="HasSpace">For its event, if it asks for one; without it is ENOMEM, with the count that it would have come at.</param>
internal sealed record VblankWait(IActorRef File, WaitVblank Call, bool HasSpace);

/// <summary>CRTC_GET_SEQUENCE on this CRTC. Answered to the sender.</summary>
internal sealed record SequenceRead
{
    public static readonly SequenceRead Instance = new();
}

/// <summary>CRTC_QUEUE_SEQUENCE on this CRTC, its event's space reserved. Answered to the sender; the file gets the event later.</summary>
internal sealed record SequenceWait(IActorRef File, CrtcQueueSequence Call);

/// <summary>A flip at a vblank of choice: it goes on to the device, or is refused (EINVAL) where the CRTC is off or cannot flip then.</summary>
internal sealed record AimedFlip(FileCall Call, ModePageFlip Flip);

/// <summary>Forget what this file waits for: it is closed. A call that still waits for it is EBADF.</summary>
internal sealed record ForgetFile(IActorRef File);

/// <summary>
/// Whoever called has given up waiting. Answered with EINTR, if it still waits: for a vblank, with the count of that, or for the fences of a commit.
/// </summary>
internal sealed record InterruptWait(IActorRef Caller);

/// <summary>The device is gone: everybody who waits gets ENODEV, nothing is read any more. Answered with <see cref="PipeSilent"/>.</summary>
internal sealed record SilencePipe
{
    public static readonly SilencePipe Instance = new();
}

internal sealed record PipeSilent(CrtcId Crtc);

/// <summary>
/// What the monitor shows now, into a block of the caller (XRGB8888, rows without padding). ENODEV where the CRTC is off, ENOENT for an
/// unknown one, EINVAL where the block is too small for its mode; the reply then says how large that is.
/// </summary>
internal sealed record CaptureFrame(int Minor, CrtcId Crtc, ArenaBlock Target) : ICapture
{
    public ICapture Into(ArenaBlock target) => this with { Target = target };
}

/// <summary>
/// The last picture of a client on a CRTC, by its index, likewise: the present one, or the one that was kept. ENOENT where there are no more CRTCs,
/// ENODEV where this one had no picture.
/// </summary>
internal sealed record CaptureLast(int Minor, int Index, ArenaBlock Target) : ICapture
{
    public ICapture Into(ArenaBlock target) => this with { Target = target };
}

/// <summary>A picture into a block of the caller.</summary>
internal interface ICapture : IIoctl<CapturedFrame>, ICardCall
{
    ArenaBlock Target { get; }

    ICapture Into(ArenaBlock target);
}

/// <summary>From now on the card keeps the last picture of each CRTC. ENODEV where there is no such card.</summary>
internal sealed record KeepPictures(int Minor) : IIoctl<Done>, ICardCall;

/// <param name="Sequence">The vblank count of the frame.</param>
internal sealed record CapturedFrame(uint Width, uint Height, uint Crc, ulong Sequence);

/// <summary>The CRC of the frame that the next vblank starts. ENODEV where the CRTC is off.</summary>
internal sealed record NextFrame(int Minor, CrtcId Crtc) : IIoctl<FrameTaken>, ICardCall;

internal sealed record FrameTaken(uint Crc, ulong Sequence, long Time);
