using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary><c>struct drm_mode_atomic</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_atomic
{
    public uint flags;
    public uint count_objs;
    public ulong objs_ptr;
    public ulong count_props_ptr;
    public ulong props_ptr;
    public ulong prop_values_ptr;
    public ulong reserved;
    public ulong user_data;
}

/// <summary><c>struct drm_mode_create_lease</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_create_lease
{
    public ulong object_ids;
    public uint object_count;
    public uint flags;
    public uint lessee_id;
    public uint fd;
}

/// <summary><c>struct drm_mode_list_lessees</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_list_lessees
{
    public uint count_lessees;
    public uint pad;
    public ulong lessees_ptr;
}

/// <summary><c>struct drm_mode_get_lease</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_get_lease
{
    public uint count_objects;
    public uint pad;
    public ulong objects_ptr;
}

/// <summary><c>struct drm_mode_revoke_lease</c>, drm_mode.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_mode_revoke_lease
{
    public uint lessee_id;
}
