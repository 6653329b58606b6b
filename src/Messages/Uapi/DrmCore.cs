using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

// The structs of the LP64 ABI, byte for byte: size_t, unsigned long and pointers are 64 bits. Fields that begin with _pad
// are the compiler's padding in C; a field that the header itself calls pad keeps that name. Lower-case names are the headers'.

/// <summary><c>struct drm_version</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_version
{
    public int version_major;
    public int version_minor;
    public int version_patchlevel;
    public uint _pad0;
    public ulong name_len;
    public ulong name;
    public ulong date_len;
    public ulong date;
    public ulong desc_len;
    public ulong desc;
}

/// <summary><c>struct drm_set_version</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_set_version
{
    public int drm_di_major;
    public int drm_di_minor;
    public int drm_dd_major;
    public int drm_dd_minor;
}

/// <summary><c>struct drm_unique</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_unique
{
    public ulong unique_len;
    public ulong unique;
}

/// <summary><c>struct drm_client</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_client
{
    public int idx;
    public int auth;
    public ulong pid;
    public ulong uid;
    public ulong magic;
    public ulong iocs;
}

/// <summary><c>struct drm_stats</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_stats
{
    public ulong count;
    public Entries data;

    [InlineArray(15)]
    public struct Entries
    {
        private Entry _first;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct Entry
    {
        public ulong value;
        public uint type;
        public uint _pad0;
    }
}

/// <summary><c>struct drm_auth</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_auth
{
    public uint magic;
}

/// <summary><c>struct drm_get_cap</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_get_cap
{
    public ulong capability;
    public ulong value;
}

/// <summary><c>struct drm_set_client_cap</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_set_client_cap
{
    public ulong capability;
    public ulong value;
}

/// <summary><c>struct drm_set_client_name</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_set_client_name
{
    public ulong name_len;
    public ulong name;
}
