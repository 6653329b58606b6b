using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary>A name of <c>DRM_PROP_NAME_LEN</c> bytes, filled up with NULs.</summary>
[InlineArray(Constants.DRM_PROP_NAME_LEN)]
internal struct PropertyName
{
    private byte _first;
}

/// <summary><c>struct drm_mode_property_enum</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_property_enum
{
    public ulong value;
    public PropertyName name;
}

/// <summary><c>struct drm_mode_get_property</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_get_property
{
    public ulong values_ptr;
    public ulong enum_blob_ptr;
    public uint prop_id;
    public uint flags;
    public PropertyName name;
    public uint count_values;
    public uint count_enum_blobs;
}

/// <summary><c>struct drm_mode_connector_set_property</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_connector_set_property
{
    public ulong value;
    public uint prop_id;
    public uint connector_id;
}

/// <summary><c>struct drm_mode_obj_get_properties</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_obj_get_properties
{
    public ulong props_ptr;
    public ulong prop_values_ptr;
    public uint count_props;
    public uint obj_id;
    public uint obj_type;
    public uint _pad0;
}

/// <summary><c>struct drm_mode_obj_set_property</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_obj_set_property
{
    public ulong value;
    public uint prop_id;
    public uint obj_id;
    public uint obj_type;
    public uint _pad0;
}

/// <summary><c>struct drm_mode_get_blob</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_get_blob
{
    public uint blob_id;
    public uint length;
    public ulong data;
}

/// <summary><c>struct drm_mode_create_blob</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_create_blob
{
    public ulong data;
    public uint length;
    public uint blob_id;
}

/// <summary><c>struct drm_mode_destroy_blob</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_destroy_blob
{
    public uint blob_id;
}
