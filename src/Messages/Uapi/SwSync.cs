using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary><c>struct sw_sync_create_fence_data</c> of the kernel's sw_sync.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct sw_sync_create_fence_data
{
    public uint value;
    public SyncName name;
    public int fence;
}

/// <summary><c>struct sw_sync_get_deadline</c> of the kernel's sw_sync.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct sw_sync_get_deadline
{
    public ulong deadline_ns;
    public uint pad;
    public int fence_fd;
}
