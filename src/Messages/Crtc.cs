using System.Collections.Immutable;

namespace DrmActors.Messages;

/// <summary>DRM_IOCTL_MODE_GETCRTC: ENOENT for an unknown one. drm_mode.h.</summary>
public sealed record ModeGetCrtc(CrtcId Crtc) : IIoctl<ModeCrtc>;

/// <param name="Mode">Null when the CRTC is off (mode_valid 0).</param>
/// <param name="GammaSize">Entries of the legacy gamma table.</param>
public sealed record ModeCrtc(CrtcId Id, FramebufferId Framebuffer, uint X, uint Y, uint GammaSize, ModeInfo? Mode);

/// <summary>
/// DRM_IOCTL_MODE_SETCRTC: lights a CRTC (mode, framebuffer, connectors) or turns it off (none of them). Master only.
/// A framebuffer of -1 keeps the present one. ENOENT for unknown ids, EINVAL for parts that do not go together or a mode
/// that cannot be, ENOSPC where the framebuffer is smaller than the mode, EFAULT for connectors that cannot be read. drm_mode.h.
/// </summary>
public sealed record ModeSetCrtc(
    CrtcId Crtc,
    FramebufferId Framebuffer,
    uint X,
    uint Y,
    ImmutableArray<ConnectorId> Connectors,
    ModeInfo? Mode) : IIoctl<Done>
{
    /// <summary>The framebuffer id that means "the present one".</summary>
    public static readonly FramebufferId KeepFramebuffer = new(uint.MaxValue);

    /// <summary>Which of the connectors could not be read: EFAULT, once all before it has been looked at. Null for none.</summary>
    public int? CutAt { get; init; }
}

/// <summary>DRM_MODE_PAGE_FLIP_* of drm_mode.h.</summary>
[Flags]
public enum PageFlipFlags : uint
{
    None = 0,
    Event = 1,
    Async = 2,
    TargetAbsolute = 4,
    TargetRelative = 8,
}

/// <summary>
/// DRM_IOCTL_MODE_PAGE_FLIP: shows another framebuffer from the next vblank on. Master only. EBUSY while a flip is pending or nothing
/// is shown, ENOSPC where it is too small, EINVAL for another format, ENOMEM without event space. drm_mode.h.
/// </summary>
/// <param name="Sequence">The target vblank with a target flag; otherwise reserved, and 0.</param>
public sealed record ModePageFlip(
    CrtcId Crtc,
    FramebufferId Framebuffer,
    PageFlipFlags Flags,
    ulong UserData = 0,
    uint Sequence = 0) : IIoctl<Done>;

/// <summary>
/// DRM_IOCTL_MODE_GETGAMMA: the table that SETGAMMA set last, or the one that the CRTC began with. ENOENT for an unknown CRTC, EINVAL for
/// another size than its own. drm_mode.h.
/// </summary>
public sealed record ModeGetGamma(CrtcId Crtc, uint Size) : IIoctl<GammaTable>;

/// <summary>
/// DRM_IOCTL_MODE_SETGAMMA: what the CRTC sends out for each brightness, from the next vblank on. Master only. ENOENT for an unknown CRTC,
/// ENOSYS for one without a table, EINVAL for another size than its own, EFAULT where a column does not have that many entries. drm_mode.h.
/// </summary>
/// <param name="Table">A column that could not be read is empty.</param>
public sealed record ModeSetGamma(CrtcId Crtc, uint Size, GammaTable Table) : IIoctl<Done>;

/// <summary>A legacy gamma table, a column a component. Entries go from the darkest to the brightest and are from 0 to 65535.</summary>
public sealed record GammaTable(ImmutableArray<ushort> Red, ImmutableArray<ushort> Green, ImmutableArray<ushort> Blue);
