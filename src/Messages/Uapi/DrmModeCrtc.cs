using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary><c>struct drm_mode_modeinfo</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_modeinfo
{
    public uint clock;
    public ushort hdisplay;
    public ushort hsync_start;
    public ushort hsync_end;
    public ushort htotal;
    public ushort hskew;
    public ushort vdisplay;
    public ushort vsync_start;
    public ushort vsync_end;
    public ushort vtotal;
    public ushort vscan;
    public uint vrefresh;
    public uint flags;
    public uint type;
    public ModeName name;

    [InlineArray(Constants.DRM_DISPLAY_MODE_LEN)]
    public struct ModeName
    {
        private byte _first;
    }
}

/// <summary><c>struct drm_mode_crtc</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_crtc
{
    public ulong set_connectors_ptr;
    public uint count_connectors;
    public uint crtc_id;
    public uint fb_id;
    public uint x;
    public uint y;
    public uint gamma_size;
    public uint mode_valid;
    public drm_mode_modeinfo mode;
}

/// <summary><c>struct drm_mode_crtc_page_flip</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_crtc_page_flip
{
    public uint crtc_id;
    public uint fb_id;
    public uint flags;
    public uint reserved;
    public ulong user_data;
}

/// <summary><c>struct drm_mode_crtc_page_flip_target</c>, drm_mode.h: the same call, where a target flag gives the reserved field a meaning.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_crtc_page_flip_target
{
    public uint crtc_id;
    public uint fb_id;
    public uint flags;
    public uint sequence;
    public ulong user_data;
}

/// <summary><c>struct drm_mode_crtc_lut</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_crtc_lut
{
    public uint crtc_id;
    public uint gamma_size;
    public ulong red;
    public ulong green;
    public ulong blue;
}

/// <summary><c>struct drm_color_lut</c>, drm_mode.h: one entry of a GAMMA_LUT.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_color_lut
{
    public ushort red;
    public ushort green;
    public ushort blue;
    public ushort reserved;
}
