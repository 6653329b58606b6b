using DrmActors.Messages.Uapi;
using static DrmActors.Messages.Errno;
using static DrmActors.Refusals.Scene;

namespace DrmActors.Refusals.Tables;

/// <summary>Syncobjs and timelines: padding and flags, then the count, then the array, then what it names.</summary>
internal static class SyncobjRefusals
{
    private const ulong X = RawClient.Nowhere;
    private const uint Held = 1;
    private const int NotOpen = 1_000_000;

    public static IEnumerable<Refusal> All => Handles.Concat(Arrays).Concat(Timelines).Concat(Prepared).Select(r => r with { Board = "no-vblank" }).Concat(Without);

    private static IEnumerable<Refusal> Handles =>
    [
        new("SYNCOBJ_CREATE", "an unknown flag", EINVAL, _ => Bytes(new drm_syncobj_create { flags = 2 })),
        new("SYNCOBJ_DESTROY", "padding", EINVAL, _ => Bytes(new drm_syncobj_destroy { pad = 1 })),
        new("SYNCOBJ_DESTROY", "0", EINVAL, _ => Bytes(default(drm_syncobj_destroy))),
        new("SYNCOBJ_DESTROY", "not held", EINVAL, _ => Bytes(new drm_syncobj_destroy { handle = Unknown })),
        new("SYNCOBJ_HANDLE_TO_FD", "padding, before the handle", EINVAL, _ => Bytes(new drm_syncobj_handle { flags = 1, pad = 1 })),
        new("SYNCOBJ_HANDLE_TO_FD", "an unknown flag, before the handle", EINVAL, _ => Bytes(new drm_syncobj_handle { flags = 4 })),
        new("SYNCOBJ_HANDLE_TO_FD", "a point of a whole syncobj, before the handle", EINVAL, _ => Bytes(new drm_syncobj_handle { flags = 2, point = 1 })),
        new("SYNCOBJ_HANDLE_TO_FD", "not held, for a sync file of a point", ENOENT, _ => Bytes(new drm_syncobj_handle { handle = Unknown, flags = 3, point = 1 })),
        new("SYNCOBJ_HANDLE_TO_FD", "not held", EINVAL, _ => Bytes(new drm_syncobj_handle { handle = Unknown })),
        new("SYNCOBJ_HANDLE_TO_FD", "not held, for a sync file", ENOENT, _ => Bytes(new drm_syncobj_handle { handle = Unknown, flags = 1 })),
        new("SYNCOBJ_FD_TO_HANDLE", "padding, before the descriptor", EINVAL, _ => Bytes(new drm_syncobj_handle { fd = -1, pad = 1 })),
        new("SYNCOBJ_FD_TO_HANDLE", "an unknown flag", EINVAL, _ => Bytes(new drm_syncobj_handle { fd = -1, flags = 4 })),
        new("SYNCOBJ_FD_TO_HANDLE", "a point of a whole syncobj", EINVAL, _ => Bytes(new drm_syncobj_handle { fd = -1, flags = 2, point = 1 })),
        new("SYNCOBJ_FD_TO_HANDLE", "no descriptor", EINVAL, _ => Bytes(new drm_syncobj_handle { fd = -1 })),
        new("SYNCOBJ_FD_TO_HANDLE", "a descriptor that is not open", EINVAL, _ => Bytes(new drm_syncobj_handle { fd = NotOpen })),
        new("SYNCOBJ_FD_TO_HANDLE", "no sync file, before the handle", EINVAL, _ => Bytes(new drm_syncobj_handle { fd = NotOpen, flags = 1, handle = Unknown })),
        new("SYNCOBJ_TRANSFER", "padding, before the handles", EINVAL, _ => Bytes(new drm_syncobj_transfer { pad = 1 })),
        new("SYNCOBJ_TRANSFER", "not held", ENOENT, _ => Bytes(new drm_syncobj_transfer { src_handle = Unknown, dst_handle = Unknown })),
        new("SYNCOBJ_EVENTFD", "padding, before the handle", EINVAL, _ => Bytes(new drm_syncobj_eventfd { pad = 1 })),
        new("SYNCOBJ_EVENTFD", "an unknown flag, before the handle", EINVAL, _ => Bytes(new drm_syncobj_eventfd { flags = 1 })),
        new("SYNCOBJ_EVENTFD", "not held, before the descriptor", ENOENT, _ => Bytes(new drm_syncobj_eventfd { handle = Unknown, fd = NotOpen })),
    ];

    private static IEnumerable<Refusal> Arrays =>
    [
        new("SYNCOBJ_WAIT", "an unknown flag, before the handles", EINVAL, _ => Bytes(new drm_syncobj_wait { flags = 16, handles = X, count_handles = 1 })),
        new("SYNCOBJ_WAIT", "a flag of timelines", EINVAL, _ => Bytes(new drm_syncobj_wait { flags = 4, handles = X, count_handles = 1 })),
        new("SYNCOBJ_WAIT", "nothing to wait for is fine", None, _ => Bytes(new drm_syncobj_wait { handles = X })),
        new("SYNCOBJ_WAIT", "handles that cannot be read", EFAULT, _ => Bytes(new drm_syncobj_wait { handles = X, count_handles = 1 })),
        new("SYNCOBJ_WAIT", "more than there is memory for", ENOMEM, _ => Bytes(new drm_syncobj_wait { handles = X, count_handles = uint.MaxValue })),
        new("SYNCOBJ_WAIT", "not held", ENOENT, s => Bytes(new drm_syncobj_wait { handles = s.Put(Unknown), count_handles = 1 })),
        new("SYNCOBJ_RESET", "padding, before the count", EINVAL, _ => Bytes(new drm_syncobj_array { pad = 1, handles = X, count_handles = 1 })),
        new("SYNCOBJ_RESET", "none", EINVAL, _ => Bytes(default(drm_syncobj_array))),
        new("SYNCOBJ_RESET", "handles that cannot be read", EFAULT, _ => Bytes(new drm_syncobj_array { handles = X, count_handles = 1 })),
        new("SYNCOBJ_RESET", "not held", ENOENT, s => Bytes(new drm_syncobj_array { handles = s.Put(Unknown), count_handles = 1 })),
        new("SYNCOBJ_SIGNAL", "padding, before the count", EINVAL, _ => Bytes(new drm_syncobj_array { pad = 1, handles = X, count_handles = 1 })),
        new("SYNCOBJ_SIGNAL", "none", EINVAL, _ => Bytes(default(drm_syncobj_array))),
        new("SYNCOBJ_SIGNAL", "handles that cannot be read", EFAULT, _ => Bytes(new drm_syncobj_array { handles = X, count_handles = 1 })),
        new("SYNCOBJ_SIGNAL", "not held", ENOENT, s => Bytes(new drm_syncobj_array { handles = s.Put(Unknown), count_handles = 1 })),
    ];

    private static IEnumerable<Refusal> Timelines =>
    [
        new("SYNCOBJ_TIMELINE_WAIT", "an unknown flag", EINVAL, _ => Bytes(new drm_syncobj_timeline_wait { flags = 16, handles = X, count_handles = 1 })),
        new("SYNCOBJ_TIMELINE_WAIT", "handles that cannot be read", EFAULT, s => Bytes(new drm_syncobj_timeline_wait { handles = X, points = s.Put(1ul), count_handles = 1 })),
        new("SYNCOBJ_TIMELINE_WAIT", "not held, before the points", ENOENT, s => Bytes(new drm_syncobj_timeline_wait { handles = s.Put(Unknown), points = X, count_handles = 1 })),
        new("SYNCOBJ_TIMELINE_SIGNAL", "an unknown flag", EINVAL, _ => Bytes(new drm_syncobj_timeline_array { flags = 1, handles = X, count_handles = 1 })),
        new("SYNCOBJ_TIMELINE_SIGNAL", "none", EINVAL, _ => Bytes(default(drm_syncobj_timeline_array))),
        new("SYNCOBJ_TIMELINE_SIGNAL", "handles that cannot be read", EFAULT, _ => Bytes(new drm_syncobj_timeline_array { handles = X, count_handles = 1 })),
        new("SYNCOBJ_TIMELINE_SIGNAL", "not held, before the points", ENOENT, s => Bytes(new drm_syncobj_timeline_array { handles = s.Put(Unknown), points = X, count_handles = 1 })),
        new("SYNCOBJ_QUERY", "an unknown flag", EINVAL, _ => Bytes(new drm_syncobj_timeline_array { flags = 2, handles = X, count_handles = 1 })),
        new("SYNCOBJ_QUERY", "none", EINVAL, _ => Bytes(default(drm_syncobj_timeline_array))),
        new("SYNCOBJ_QUERY", "handles that cannot be read", EFAULT, _ => Bytes(new drm_syncobj_timeline_array { handles = X, count_handles = 1 })),
        new("SYNCOBJ_QUERY", "not held", ENOENT, s => Bytes(new drm_syncobj_timeline_array { handles = s.Put(Unknown), points = X, count_handles = 1 })),
    ];

    // With one that has no fence.
    private static IEnumerable<Refusal> Prepared => new Refusal[]
    {
        new("SYNCOBJ_HANDLE_TO_FD", "no fence, for a sync file", EINVAL, _ => Bytes(new drm_syncobj_handle { handle = Held, flags = 1 })),
        new("SYNCOBJ_HANDLE_TO_FD", "no such point, for a sync file", EINVAL, _ => Bytes(new drm_syncobj_handle { handle = Held, flags = 3, point = 1 })),
        new("SYNCOBJ_HANDLE_TO_FD", "a point that nobody asks for is not looked at", None, _ => Bytes(new drm_syncobj_handle { handle = Held, point = 1 })),
        new("SYNCOBJ_TRANSFER", "no fence", EINVAL, _ => Bytes(new drm_syncobj_transfer { src_handle = Held, dst_handle = Held })),
        new("SYNCOBJ_TRANSFER", "an unknown flag, before whence", EINVAL, _ => Bytes(new drm_syncobj_transfer { src_handle = Unknown, dst_handle = Held, flags = 4 })),
        new("SYNCOBJ_TRANSFER", "not held, whence", ENOENT, _ => Bytes(new drm_syncobj_transfer { src_handle = Unknown, dst_handle = Held })),
        new("SYNCOBJ_EVENTFD", "a descriptor that is not open", EBADF, _ => Bytes(new drm_syncobj_eventfd { handle = Held, fd = NotOpen })),
        new("SYNCOBJ_WAIT", "no fence", EINVAL, s => Bytes(new drm_syncobj_wait { handles = s.Put(Held), count_handles = 1 })),
        new("SYNCOBJ_WAIT", "not by then", ETIME, s => Bytes(new drm_syncobj_wait { handles = s.Put(Held), count_handles = 1, flags = 2, timeout_nsec = -1 })),
        new("SYNCOBJ_TIMELINE_WAIT", "points that cannot be read", EFAULT, s => Bytes(new drm_syncobj_timeline_wait { handles = s.Put(Held), points = X, count_handles = 1 })),
        new("SYNCOBJ_TIMELINE_WAIT", "no fence by then", ETIME, s => Bytes(new drm_syncobj_timeline_wait { handles = s.Put(Held), points = s.Put(1ul), count_handles = 1, flags = 4 })),
        new("SYNCOBJ_TIMELINE_SIGNAL", "points that cannot be read", EFAULT, s => Bytes(new drm_syncobj_timeline_array { handles = s.Put(Held), points = X, count_handles = 1 })),
        new("SYNCOBJ_QUERY", "a place that cannot be written", EFAULT, s => Bytes(new drm_syncobj_timeline_array { handles = s.Put(Held), points = X, count_handles = 1 })),
    }.Select(r => r with { Before = s => s.CallAsync(s.Master, "SYNCOBJ_CREATE", default(drm_syncobj_create)) });

    // Before anything in the argument.
    private static IEnumerable<Refusal> Without =>
    [
        new("SYNCOBJ_CREATE", "a driver without", EOPNOTSUPP, _ => Bytes(new drm_syncobj_create { flags = 2 })),
        new("SYNCOBJ_WAIT", "a driver without", EOPNOTSUPP, _ => Bytes(new drm_syncobj_wait { flags = 16, handles = X, count_handles = 1 })),
        new("SYNCOBJ_TIMELINE_WAIT", "a driver without", EOPNOTSUPP, _ => Bytes(new drm_syncobj_timeline_wait { flags = 16, handles = X, count_handles = 1 })),
        new("SYNCOBJ_EVENTFD", "a driver without", EOPNOTSUPP, _ => Bytes(new drm_syncobj_eventfd { flags = 1 })),
    ];
}
