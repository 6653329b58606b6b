using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary><c>struct drm_mode_cursor</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_cursor
{
    public uint flags;
    public uint crtc_id;
    public int x;
    public int y;
    public uint width;
    public uint height;
    public uint handle;
}

/// <summary><c>struct drm_mode_cursor2</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_cursor2
{
    public uint flags;
    public uint crtc_id;
    public int x;
    public int y;
    public uint width;
    public uint height;
    public uint handle;
    public int hot_x;
    public int hot_y;
}
