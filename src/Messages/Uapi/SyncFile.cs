using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary>A name of 32 bytes, filled up with NULs.</summary>
[InlineArray(32)]
internal struct SyncName
{
    private byte _first;
}

/// <summary><c>struct sync_merge_data</c>, linux/sync_file.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct sync_merge_data
{
    public SyncName name;
    public int fd2;
    public int fence;
    public uint flags;
    public uint pad;
}

/// <summary><c>struct sync_fence_info</c>, linux/sync_file.h.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct sync_fence_info
{
    public SyncName obj_name;
    public SyncName driver_name;
    public int status;
    public uint flags;
    public ulong timestamp_ns;
}

/// <summary><c>struct sync_file_info</c>, linux/sync_file.h. Its last field has the name of another struct there.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct sync_file_info
{
    public SyncName name;
    public int status;
    public uint flags;
    public uint num_fences;
    public uint pad;
    public ulong sync_fence_info;
}

/// <summary><c>struct sync_set_deadline</c>, linux/sync_file.h since Linux 6.6.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct sync_set_deadline
{
    public ulong deadline_ns;
    public ulong pad;
}
