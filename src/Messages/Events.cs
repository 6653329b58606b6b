namespace DrmActors.Messages;

/// <summary>An event that a file reads. Each takes <see cref="Length"/> bytes of the file's 4,096 of event space. drm.h.</summary>
public abstract record DrmEvent
{
    /// <summary>Bytes of event space that a file has.</summary>
    public const int Space = 4096;

    /// <summary>Bytes on the wire, header included.</summary>
    public abstract int Length { get; }
}

/// <summary>DRM_EVENT_VBLANK (<c>struct drm_event_vblank</c>): the answer to WAIT_VBLANK with the event flag.</summary>
/// <param name="Sequence">The vblank's count, of which 32 bits are told.</param>
/// <param name="Time">CLOCK_MONOTONIC, nanoseconds; told in microseconds.</param>
public sealed record VblankEvent(ulong UserData, uint Sequence, long Time, CrtcId Crtc) : DrmEvent
{
    /// <summary>Bytes of <c>struct drm_event_vblank</c>.</summary>
    public const int Bytes = 32;

    public override int Length => Bytes;
}

/// <summary>DRM_EVENT_FLIP_COMPLETE: the flip is on the screen since the vblank told.</summary>
public sealed record FlipCompleteEvent(ulong UserData, uint Sequence, long Time, CrtcId Crtc) : DrmEvent
{
    public override int Length => VblankEvent.Bytes;
}

/// <summary>DRM_EVENT_CRTC_SEQUENCE (<c>struct drm_event_crtc_sequence</c>): the answer to CRTC_QUEUE_SEQUENCE.</summary>
/// <param name="Time">CLOCK_MONOTONIC, nanoseconds, and told in them.</param>
public sealed record CrtcSequenceEvent(ulong UserData, ulong Sequence, long Time) : DrmEvent
{
    public override int Length => VblankEvent.Bytes;
}

/// <summary>An event of a kind that this version does not know, with its bytes.</summary>
public sealed record UnknownEvent(uint Type, ReadOnlyMemory<byte> Bytes) : DrmEvent
{
    public override int Length => Bytes.Length;
}
