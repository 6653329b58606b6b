namespace DrmActors.Messages;

/// <summary>DRM_IOCTL_GEM_CLOSE: gives a handle back. EINVAL for a handle this file does not hold, or padding that is not 0. drm.h.</summary>
public sealed record GemClose(GemHandle Handle, uint Pad = 0) : IIoctl<Done>;

/// <summary>
/// DRM_IOCTL_GEM_FLINK: the object's name on its device, by which any authenticated file may open it; the same as long as any file has a handle of
/// it. ENOENT for an unknown handle, EACCES for a file that is not authenticated. drm.h.
/// </summary>
public sealed record GemFlink(GemHandle Handle) : IIoctl<GemNamed>;

public sealed record GemNamed(GemName Name);

/// <summary>DRM_IOCTL_GEM_OPEN: a new handle of a named object. ENOENT for an unknown name, EACCES for a file that is not authenticated. drm.h.</summary>
public sealed record GemOpen(GemName Name) : IIoctl<GemOpened>;

/// <param name="Size">Bytes, a multiple of the page.</param>
public sealed record GemOpened(GemHandle Handle, ulong Size);

/// <summary>
/// DRM_IOCTL_MODE_CREATE_DUMB: a buffer for software drawing. EINVAL for a size of 0 or one that overflows 32 bits,
/// ENOMEM without the memory, ENOSYS where the driver has none. <see cref="Flags"/> is ignored, as the kernel does. drm_mode.h.
/// </summary>
public sealed record ModeCreateDumb(uint Width, uint Height, uint Bpp, uint Flags = 0) : IIoctl<DumbBuffer>;

/// <param name="Pitch">Bytes a row.</param>
/// <param name="Size">Bytes, a multiple of the page.</param>
public sealed record DumbBuffer(GemHandle Handle, uint Pitch, ulong Size);

/// <summary>DRM_IOCTL_MODE_MAP_DUMB: the fake offset to mmap the buffer at. ENOENT for an unknown handle. drm_mode.h.</summary>
public sealed record ModeMapDumb(GemHandle Handle) : IIoctl<MapOffset>;

/// <param name="Offset">Bytes, page aligned, not 0.</param>
public sealed record MapOffset(ulong Offset);

/// <summary>DRM_IOCTL_MODE_DESTROY_DUMB: the same as closing the handle. EINVAL for an unknown one. drm_mode.h.</summary>
public sealed record ModeDestroyDumb(GemHandle Handle) : IIoctl<Done>;
