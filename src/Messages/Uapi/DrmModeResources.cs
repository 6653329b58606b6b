using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary><c>struct drm_mode_card_res</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_card_res
{
    public ulong fb_id_ptr;
    public ulong crtc_id_ptr;
    public ulong connector_id_ptr;
    public ulong encoder_id_ptr;
    public uint count_fbs;
    public uint count_crtcs;
    public uint count_connectors;
    public uint count_encoders;
    public uint min_width;
    public uint max_width;
    public uint min_height;
    public uint max_height;
}

/// <summary><c>struct drm_mode_get_encoder</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_get_encoder
{
    public uint encoder_id;
    public uint encoder_type;
    public uint crtc_id;
    public uint possible_crtcs;
    public uint possible_clones;
}

/// <summary><c>struct drm_mode_get_connector</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_get_connector
{
    public ulong encoders_ptr;
    public ulong modes_ptr;
    public ulong props_ptr;
    public ulong prop_values_ptr;
    public uint count_modes;
    public uint count_props;
    public uint count_encoders;
    public uint encoder_id;
    public uint connector_id;
    public uint connector_type;
    public uint connector_type_id;
    public uint connection;
    public uint mm_width;
    public uint mm_height;
    public uint subpixel;
    public uint pad;
}
