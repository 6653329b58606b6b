using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary><c>struct drm_gem_close</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_gem_close
{
    public uint handle;
    public uint pad;
}

/// <summary><c>struct drm_gem_flink</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_gem_flink
{
    public uint handle;
    public uint name;
}

/// <summary><c>struct drm_gem_open</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_gem_open
{
    public uint name;
    public uint handle;
    public ulong size;
}

/// <summary><c>struct drm_mode_create_dumb</c>, drm_mode.h. The height comes first.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_create_dumb
{
    public uint height;
    public uint width;
    public uint bpp;
    public uint flags;
    public uint handle;
    public uint pitch;
    public ulong size;
}

/// <summary><c>struct drm_mode_map_dumb</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_map_dumb
{
    public uint handle;
    public uint pad;
    public ulong offset;
}

/// <summary><c>struct drm_mode_destroy_dumb</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_destroy_dumb
{
    public uint handle;
}

/// <summary><c>struct drm_prime_handle</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_prime_handle
{
    public uint handle;
    public uint flags;
    public int fd;
}
