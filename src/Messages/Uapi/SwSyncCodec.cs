using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary>Timelines that are moved on by hand.</summary>
internal static class SwSyncCodec
{
    /// <summary>Where in its argument the number of the new sync file goes.</summary>
    public static readonly int DescriptorOffset = (int)Marshal.OffsetOf<sw_sync_create_fence_data>(nameof(sw_sync_create_fence_data.fence));

    public static readonly ArgumentCodec CreateFence =
        new ArgumentCodec<sw_sync_create_fence_data, SwSyncCreateFence, SwSyncFence>(
            (in a, _) => new SwSyncCreateFence(a.value, SyncFileCodec.TextOf(a.name)));

    public static readonly ArgumentCodec Inc =
        new ArgumentCodec<uint, SwSyncInc, Done>((in a, _) => new SwSyncInc(a));

    public static readonly ArgumentCodec GetDeadline =
        new ArgumentCodec<sw_sync_get_deadline, SwSyncGetDeadline, SwSyncDeadline>(
            (in a, _) => new SwSyncGetDeadline(new(a.fence_fd), a.deadline_ns, a.pad),
            (ref a, reply, _) =>
            {
                a.deadline_ns = reply.Time;
                return Errno.None;
            });
}
