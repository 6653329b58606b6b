using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary>Syncobjs. Of an array that cannot be read, or is too long, the message carries nothing but the count: other fields are looked at before it.</summary>
internal static class SyncobjCodec
{
    /// <summary>Where in its argument the number of an exported syncobj's descriptor goes.</summary>
    public static readonly int DescriptorOffset = (int)Marshal.OffsetOf<drm_syncobj_handle>(nameof(drm_syncobj_handle.fd));

    public static readonly ArgumentCodec Create =
        new ArgumentCodec<drm_syncobj_create, SyncobjCreate, SyncobjCreated>(
            (in a, _) => new SyncobjCreate((SyncobjCreateFlags)a.flags),
            (ref a, reply, _) =>
            {
                a.handle = reply.Handle.Value;
                return Errno.None;
            });

    public static readonly ArgumentCodec Destroy =
        new ArgumentCodec<drm_syncobj_destroy, SyncobjDestroy, Done>((in a, _) => new SyncobjDestroy(new(a.handle), a.pad));

    public static readonly ArgumentCodec HandleToFd =
        new ArgumentCodec<drm_syncobj_handle, SyncobjHandleToFd, SyncobjExported>(
            (in a, _) => new SyncobjHandleToFd(new(a.handle), (SyncobjExportFlags)a.flags, a.pad, a.point));

    public static readonly ArgumentCodec FdToHandle =
        new ArgumentCodec<drm_syncobj_handle, SyncobjFdToHandle, SyncobjCreated>(
            (in a, _) => new SyncobjFdToHandle(new(a.fd), new(a.handle), (SyncobjImportFlags)a.flags, a.pad, a.point),
            (ref a, reply, _) =>
            {
                a.handle = reply.Handle.Value;
                return Errno.None;
            });

    public static readonly ArgumentCodec Transfer =
        new ArgumentCodec<drm_syncobj_transfer, SyncobjTransfer, Done>(
            (in a, _) => new SyncobjTransfer(
                new(a.src_handle), a.src_point, new(a.dst_handle), a.dst_point, (SyncobjWaitFlags)a.flags, a.pad));

    public static readonly ArgumentCodec Eventfd =
        new ArgumentCodec<drm_syncobj_eventfd, SyncobjEventfd, Done>(
            (in a, _) => new SyncobjEventfd(new(a.handle), a.point, new(a.fd), (SyncobjWaitFlags)a.flags, a.pad));

    public static readonly ArgumentCodec Wait =
        new ArgumentCodec<drm_syncobj_wait, SyncobjWait, SyncobjWaited>(
            (in a, memory) => new SyncobjWait(
                HandlesAt(memory, a.handles, a.count_handles), a.count_handles, a.timeout_nsec, (SyncobjWaitFlags)a.flags, a.deadline_nsec),
            (ref a, reply, _) =>
            {
                a.first_signaled = reply.FirstSignaled ?? a.first_signaled;
                return Errno.None;
            });

    public static readonly ArgumentCodec TimelineWait =
        new ArgumentCodec<drm_syncobj_timeline_wait, SyncobjTimelineWait, SyncobjWaited>(
            (in a, memory) => new SyncobjTimelineWait(
                HandlesAt(memory, a.handles, a.count_handles),
                a.count_handles,
                PointsAt(memory, a.points, a.count_handles),
                a.timeout_nsec,
                (SyncobjWaitFlags)a.flags,
                a.deadline_nsec),
            (ref a, reply, _) =>
            {
                a.first_signaled = reply.FirstSignaled ?? a.first_signaled;
                return Errno.None;
            });

    public static readonly ArgumentCodec Reset =
        new ArgumentCodec<drm_syncobj_array, SyncobjReset, Done>(
            (in a, memory) => new SyncobjReset(HandlesAt(memory, a.handles, a.count_handles), a.count_handles, a.pad));

    public static readonly ArgumentCodec Signal =
        new ArgumentCodec<drm_syncobj_array, SyncobjSignal, Done>(
            (in a, memory) => new SyncobjSignal(HandlesAt(memory, a.handles, a.count_handles), a.count_handles, a.pad));

    public static readonly ArgumentCodec TimelineSignal =
        new ArgumentCodec<drm_syncobj_timeline_array, SyncobjTimelineSignal, Done>(
            (in a, memory) => new SyncobjTimelineSignal(
                HandlesAt(memory, a.handles, a.count_handles),
                a.count_handles,
                PointsAt(memory, a.points, a.count_handles),
                a.flags));

    // What an unreadable place gets stays there: the first points have been written.
    public static readonly ArgumentCodec Query =
        new ArgumentCodec<drm_syncobj_timeline_array, SyncobjQuery, SyncobjPoints>(
            (in a, memory) => new SyncobjQuery(HandlesAt(memory, a.handles, a.count_handles), a.count_handles, (SyncobjQueryFlags)a.flags),
            (ref a, reply, memory) => memory.TryWriteArray(a.points, reply.Points.AsSpan()) ? Errno.None : Errno.EFAULT);

    private static ImmutableArray<SyncobjHandle> HandlesAt(IClientMemory memory, ulong address, uint count)
    {
        if (count > ISyncobjArrayCall.Most)
        {
            return [];
        }

        var handles = new SyncobjHandle[count];
        return memory.TryReadArray<SyncobjHandle>(address, handles) ? ImmutableCollectionsMarshal.AsImmutableArray(handles) : [];
    }

    // Nowhere, each is 0.
    private static ImmutableArray<ulong> PointsAt(IClientMemory memory, ulong address, uint count)
    {
        if (count > ISyncobjArrayCall.Most)
        {
            return [];
        }

        var points = new ulong[count];
        return address == 0 || memory.TryReadArray<ulong>(address, points) ? ImmutableCollectionsMarshal.AsImmutableArray(points) : [];
    }
}
