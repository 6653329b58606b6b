namespace DrmActors.Messages;

/// <summary>_DRM_VBLANK_*: the type and flags of a wait. drm.h.</summary>
[Flags]
public enum VblankFlags : uint
{
    Absolute = 0,
    Relative = 1,
    HighCrtcMask = 0x3e,
    Event = 1 << 26,
    Flip = 1 << 27,
    NextOnMiss = 1 << 28,
    Secondary = 1 << 29,
    Signal = 1 << 30,
}

/// <summary>
/// DRM_IOCTL_WAIT_VBLANK: waits for a count of a CRTC, or with <see cref="VblankFlags.Event"/> returns at once and sends a
/// <see cref="VblankEvent"/> later. EINVAL where the CRTC is off or the flags are unknown, EBUSY after three seconds without a vblank,
/// ENOMEM without event space. drm.h.
/// </summary>
/// <param name="Flags">The high bits of the CRTC's index stand in <see cref="VblankFlags.HighCrtcMask"/>, shifted by one.</param>
/// <param name="UserData">Returned in the event; not used otherwise.</param>
public sealed record WaitVblank(VblankFlags Flags, uint Sequence, ulong UserData = 0) : IIoctl<VblankReply>
{
    /// <summary>The type of a wait on the CRTC of an index.</summary>
    public static VblankFlags OnCrtc(int index) => (VblankFlags)((uint)index << 1) & VblankFlags.HighCrtcMask;
}

/// <summary>DRM_CRTC_SEQUENCE_* of drm.h.</summary>
[Flags]
public enum SequenceFlags : uint
{
    None = 0,
    Relative = 1,
    NextOnMiss = 2,
}

/// <summary>DRM_IOCTL_CRTC_GET_SEQUENCE: the count of a CRTC, all 64 bits of it. ENOENT for an unknown one, EINVAL for one that is off. drm.h.</summary>
public sealed record CrtcGetSequence(CrtcId Crtc) : IIoctl<CrtcSequence>;

/// <param name="Active">The CRTC has a mode.</param>
/// <param name="Time">CLOCK_MONOTONIC of the last vblank, nanoseconds.</param>
public sealed record CrtcSequence(bool Active, ulong Sequence, long Time);

/// <summary>
/// DRM_IOCTL_CRTC_QUEUE_SEQUENCE: returns at once, and sends a <see cref="CrtcSequenceEvent"/> when the CRTC has come to the count. ENOENT for an
/// unknown CRTC, EINVAL for unknown flags or one that is off, ENOMEM without event space. drm.h.
/// </summary>
public sealed record CrtcQueueSequence(CrtcId Crtc, SequenceFlags Flags, ulong Sequence, ulong UserData = 0) : IIoctl<SequenceQueued>;

/// <param name="Sequence">The count that the event is queued for.</param>
public sealed record SequenceQueued(ulong Sequence);

/// <param name="Sequence">The count at the return, or for an event the count that it is queued for.</param>
/// <param name="Time">CLOCK_MONOTONIC of that vblank, nanoseconds; 0 for an event.</param>
/// <param name="IsNext">The count had passed, and the next one is meant instead: <see cref="VblankFlags.NextOnMiss"/> has been used up.</param>
public sealed record VblankReply(uint Sequence, long Time, bool IsNext = false);
