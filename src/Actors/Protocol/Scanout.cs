using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Hardware.Memory;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Protocol;

/// <summary>The hardware part of a commit, for one CRTC: take it over at the next vblank, then tell the device.</summary>
/// <param name="Event">Told to the file at the latch; null for none.</param>
internal sealed record Latch(long CommitId, CrtcState Crtc, PlaneState Primary, FlipRequest? Event);

/// <summary>Who wants to hear of a flip, with what.</summary>
internal sealed record FlipRequest(IActorRef File, ulong UserData);

/// <summary>The commit is on the screen, and what was there before is no longer read. To the device, before any event is sent.</summary>
internal sealed record Latched(CrtcId Crtc, long CommitId);

/// <summary>WAIT_VBLANK on this CRTC. Answered to the sender; with an event flag also to the file, later.</summary>
internal sealed record VblankWait(IActorRef File, WaitVblank Call);

/// <summary>Forget what this file waits for: it is closed.</summary>
internal sealed record ForgetFile(IActorRef File);

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
internal sealed record CaptureFrame(int Minor, CrtcId Crtc, ArenaBlock Target) : IIoctl<CapturedFrame>, ICardCall;

/// <param name="Sequence">The vblank count of the frame.</param>
internal sealed record CapturedFrame(uint Width, uint Height, uint Crc, ulong Sequence);

/// <summary>The CRC of the frame that the next vblank starts. ENODEV where the CRTC is off.</summary>
internal sealed record NextFrame(int Minor, CrtcId Crtc) : IIoctl<FrameTaken>, ICardCall;

internal sealed record FrameTaken(uint Crc, ulong Sequence, long Time);
