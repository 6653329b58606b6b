namespace DrmActors.Messages;

// The vgem driver's own calls: fences by hand on buffers, for tests of those who wait. EINVAL on any other driver. vgem_drm.h.

/// <summary>
/// DRM_IOCTL_VGEM_FENCE_ATTACH: until it is signalled, a buffer is in use. EINVAL for an unknown flag or padding, ENOENT for an unknown handle, EBUSY where
/// somebody uses the buffer in a way that this would have to wait for. Ten seconds later it is signalled by itself, and at the latest with its file.
/// </summary>
public sealed record VgemFenceAttach(GemHandle Handle, uint Flags, uint Pad = 0) : IIoctl<VgemFenceAttached>
{
    /// <summary>VGEM_FENCE_WRITE: the buffer is written; else it is read.</summary>
    public const uint Write = 1;
}

/// <param name="Fence">Of its file, from 1 upward; never used again.</param>
public sealed record VgemFenceAttached(uint Fence);

/// <summary>
/// DRM_IOCTL_VGEM_FENCE_SIGNAL: the use is over. EINVAL for any flag, ENOENT for a fence that is none of the file's or was signalled by this call before,
/// ETIMEDOUT for one that was signalled by its time.
/// </summary>
public sealed record VgemFenceSignal(uint Fence, uint Flags = 0) : IIoctl<Done>;
