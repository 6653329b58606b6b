using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary><c>struct drm_mode_get_plane_res</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_get_plane_res
{
    public ulong plane_id_ptr;
    public uint count_planes;
    public uint _pad0;
}

/// <summary><c>struct drm_mode_get_plane</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_get_plane
{
    public uint plane_id;
    public uint crtc_id;
    public uint fb_id;
    public uint possible_crtcs;
    public uint gamma_size;
    public uint count_format_types;
    public ulong format_type_ptr;
}

/// <summary><c>struct drm_mode_set_plane</c>, drm_mode.h: the source's height comes before its width.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_set_plane
{
    public uint plane_id;
    public uint crtc_id;
    public uint fb_id;
    public uint flags;
    public int crtc_x;
    public int crtc_y;
    public uint crtc_w;
    public uint crtc_h;
    public uint src_x;
    public uint src_y;
    public uint src_h;
    public uint src_w;
}

/// <summary><c>struct drm_format_modifier_blob</c>, drm_mode.h: the head of an IN_FORMATS blob. Offsets count from its first byte.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_format_modifier_blob
{
    public uint version;
    public uint flags;
    public uint count_formats;
    public uint formats_offset;
    public uint count_modifiers;
    public uint modifiers_offset;
}

/// <summary><c>struct drm_format_modifier</c>, drm_mode.h: a modifier, and as bits the formats that have it, counted from an offset on.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_format_modifier
{
    public ulong formats;
    public uint offset;
    public uint pad;
    public ulong modifier;
}
