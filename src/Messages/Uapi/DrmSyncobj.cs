using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary><c>struct drm_syncobj_create</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_syncobj_create
{
    public uint handle;
    public uint flags;
}

/// <summary><c>struct drm_syncobj_destroy</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_syncobj_destroy
{
    public uint handle;
    public uint pad;
}

/// <summary><c>struct drm_syncobj_handle</c>, drm.h. Without its last field until Linux 6.16: then that reads as 0.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_syncobj_handle
{
    public uint handle;
    public uint flags;
    public int fd;
    public uint pad;
    public ulong point;
}

/// <summary><c>struct drm_syncobj_transfer</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_syncobj_transfer
{
    public uint src_handle;
    public uint dst_handle;
    public ulong src_point;
    public ulong dst_point;
    public uint flags;
    public uint pad;
}

/// <summary><c>struct drm_syncobj_wait</c>, drm.h. Without its last field until Linux 6.6: then that reads as 0.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_syncobj_wait
{
    public ulong handles;
    public long timeout_nsec;
    public uint count_handles;
    public uint flags;
    public uint first_signaled;
    public uint pad;
    public ulong deadline_nsec;
}

/// <summary><c>struct drm_syncobj_timeline_wait</c>, drm.h. Without its last field until Linux 6.6: then that reads as 0.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_syncobj_timeline_wait
{
    public ulong handles;
    public ulong points;
    public long timeout_nsec;
    public uint count_handles;
    public uint flags;
    public uint first_signaled;
    public uint pad;
    public ulong deadline_nsec;
}

/// <summary><c>struct drm_syncobj_eventfd</c>, drm.h since Linux 6.6.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_syncobj_eventfd
{
    public uint handle;
    public uint flags;
    public ulong point;
    public int fd;
    public uint pad;
}

/// <summary><c>struct drm_syncobj_array</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_syncobj_array
{
    public ulong handles;
    public uint count_handles;
    public uint pad;
}

/// <summary><c>struct drm_syncobj_timeline_array</c>, drm.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct drm_syncobj_timeline_array
{
    public ulong handles;
    public ulong points;
    public uint count_handles;
    public uint flags;
}
