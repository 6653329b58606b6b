using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary><c>struct drm_vgem_fence_attach</c>, vgem_drm.h, which Debian's headers do not have.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct vgem_fence_attach
{
    public uint handle;
    public uint flags;
    public uint out_fence;
    public uint pad;
}

/// <summary><c>struct drm_vgem_fence_signal</c>, vgem_drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct vgem_fence_signal
{
    public uint fence;
    public uint flags;
}
