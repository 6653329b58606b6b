namespace DrmActors.Messages;

/// <summary>DRM_MODE_CURSOR_* of drm_mode.h.</summary>
[Flags]
public enum CursorFlags : uint
{
    None = 0,

    /// <summary>Show another buffer; none with a handle of 0.</summary>
    Bo = 1,

    /// <summary>Show it elsewhere.</summary>
    Move = 2,
}

/// <summary>
/// DRM_IOCTL_MODE_CURSOR2: the cursor of a CRTC, premultiplied ARGB8888 with rows of 4 bytes a pixel. It does not wait for a vblank. Master only. EINVAL
/// for no flags or unknown ones, or a buffer that is too small, ENOENT for an unknown CRTC or handle, ENXIO without a cursor plane. drm_mode.h.
/// </summary>
/// <param name="X">Of the CRTC, in pixels; counts with <see cref="CursorFlags.Move"/>.</param>
/// <param name="Width">Of the buffer, in pixels; counts with <see cref="CursorFlags.Bo"/>.</param>
/// <param name="HotX">Where in the picture the pointer points.</param>
public sealed record ModeCursor2(
    CursorFlags Flags,
    CrtcId Crtc,
    int X,
    int Y,
    uint Width,
    uint Height,
    GemHandle Handle,
    int HotX = 0,
    int HotY = 0) : IIoctl<Done>;

/// <summary>DRM_IOCTL_MODE_CURSOR: <see cref="ModeCursor2"/> that points with its upper left corner. drm_mode.h.</summary>
public sealed record ModeCursor(CursorFlags Flags, CrtcId Crtc, int X, int Y, uint Width, uint Height, GemHandle Handle) : IIoctl<Done>
{
    public ModeCursor2 Widen() => new(Flags, Crtc, X, Y, Width, Height, Handle);
}
