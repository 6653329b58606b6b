using System.Collections.Immutable;

namespace DrmActors.Messages;

/// <summary>DRM_IOCTL_MODE_ADDFB: a framebuffer from one buffer; depth and bits a pixel choose the format. EINVAL for a pair without a format. drm_mode.h.</summary>
public sealed record ModeAddFb(uint Width, uint Height, uint Pitch, uint Bpp, uint Depth, GemHandle Handle) : IIoctl<FramebufferAdded>;

public sealed record FramebufferAdded(FramebufferId Id);

/// <summary>DRM_MODE_FB_* of drm_mode.h.</summary>
[Flags]
public enum FramebufferFlags : uint
{
    None = 0,
    Interlaced = 1,
    Modifiers = 2,
}

/// <summary>One of the up to four planes of a framebuffer: bytes a row and where it begins in its buffer.</summary>
public readonly record struct FramebufferPlane(GemHandle Handle, uint Pitch, uint Offset, ulong Modifier = 0);

/// <summary>
/// DRM_IOCTL_MODE_ADDFB2: a framebuffer of a format (fourcc). EINVAL for sizes, pitches, formats or modifiers that cannot be, or a buffer
/// that is too small by a byte; ENOENT for an unknown handle. drm_mode.h.
/// </summary>
/// <param name="Planes">Always four; unused ones are all zero.</param>
public sealed record ModeAddFb2(
    uint Width,
    uint Height,
    uint PixelFormat,
    FramebufferFlags Flags,
    ImmutableArray<FramebufferPlane> Planes) : IIoctl<FramebufferAdded>;

/// <summary>
/// DRM_IOCTL_MODE_GETFB: anybody's framebuffer, with a new handle of its buffer at each call; without one (0) where the caller is not root
/// and the file not master. ENOENT for an unknown one, EINVAL for one of several planes. drm_mode.h.
/// </summary>
public sealed record ModeGetFb(FramebufferId Framebuffer) : IIoctl<ModeFb>, IJudgedByCaller
{
    public Caller? Caller { get; init; }

    public IIoctl By(Caller caller) => this with { Caller = caller };
}

/// <param name="Bpp">Bits a pixel.</param>
/// <param name="Depth">Colour bits a pixel; 0 for a format from after ADDFB.</param>
public sealed record ModeFb(uint Width, uint Height, uint Pitch, uint Bpp, uint Depth, GemHandle Handle);

/// <summary>DRM_IOCTL_MODE_GETFB2: as <see cref="ModeGetFb"/>, of any format. Planes in one buffer get one handle. drm_mode.h.</summary>
public sealed record ModeGetFb2(FramebufferId Framebuffer) : IIoctl<ModeFb2>, IJudgedByCaller
{
    public Caller? Caller { get; init; }

    public IIoctl By(Caller caller) => this with { Caller = caller };
}

/// <param name="Planes">Always four; unused ones are all zero.</param>
public sealed record ModeFb2(
    uint Width,
    uint Height,
    uint PixelFormat,
    FramebufferFlags Flags,
    ImmutableArray<FramebufferPlane> Planes);

/// <summary>DRM_IOCTL_MODE_RMFB: removes one's own framebuffer, and switches off what shows it. ENOENT for any other. drm_mode.h.</summary>
public sealed record ModeRmFb(FramebufferId Framebuffer) : IIoctl<Done>;

/// <summary>
/// DRM_IOCTL_MODE_CLOSEFB: gives up one's own framebuffer, and leaves on what shows it: it goes with the last plane that does. EINVAL for padding
/// that is not 0, ENOENT for any other. drm_mode.h.
/// </summary>
public sealed record ModeCloseFb(FramebufferId Framebuffer, uint Pad = 0) : IIoctl<Done>;

/// <summary>A damaged rectangle, x2 and y2 exclusive. <c>struct drm_clip_rect</c>, drm.h.</summary>
public readonly record struct ClipRect(ushort X1, ushort Y1, ushort X2, ushort Y2);

/// <summary>DRM_MODE_FB_DIRTY_* of drm_mode.h.</summary>
[Flags]
public enum DirtyFlags : uint
{
    None = 0,
    AnnotateCopy = 1,
    AnnotateFill = 2,
}

/// <summary>DRM_IOCTL_MODE_DIRTYFB: tells what of a framebuffer changed. ENOENT for an unknown one, EINVAL for flags or clip counts that cannot be, EFAULT for clips that cannot be read, ENOSYS where the driver has none. drm_mode.h.</summary>
public sealed record ModeDirtyFb(FramebufferId Framebuffer, DirtyFlags Flags, uint Color, ImmutableArray<ClipRect> Clips) : IIoctl<Done>
{
    /// <summary>Clips of one call at most (DRM_MODE_FB_DIRTY_MAX_CLIPS).</summary>
    public const int MaxClips = 256;

    /// <summary>The clips could not be read: EFAULT, once all before them has been looked at.</summary>
    public bool IsCut { get; init; }
}
