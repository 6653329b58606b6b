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

/// <param name="Sequence">The count at the return, or for an event the count that it is queued for.</param>
/// <param name="Time">CLOCK_MONOTONIC of that vblank, nanoseconds; 0 for an event.</param>
public sealed record VblankReply(uint Sequence, long Time);
