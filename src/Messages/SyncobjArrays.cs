using System.Collections.Immutable;

namespace DrmActors.Messages;

/// <summary>DRM_SYNCOBJ_WAIT_FLAGS_*.</summary>
[Flags]
public enum SyncobjWaitFlags : uint
{
    None = 0,

    /// <summary>For all of them; else for any.</summary>
    WaitAll = 1 << 0,

    /// <summary>Also for a fence that is not there yet; else that is EINVAL.</summary>
    WaitForSubmit = 1 << 1,

    /// <summary>Only until the fence is there. Of timelines.</summary>
    WaitAvailable = 1 << 2,

    /// <summary>Whoever works on the fences is told until when they should be done. Since Linux 6.6.</summary>
    WaitDeadline = 1 << 3,
}

/// <summary>DRM_SYNCOBJ_QUERY_FLAGS_*.</summary>
[Flags]
public enum SyncobjQueryFlags : uint
{
    None = 0,

    /// <summary>The last point that has a fence; else the last that has come.</summary>
    LastSubmitted = 1 << 0,
}

/// <summary>A call on several syncobjs.</summary>
public interface ISyncobjArrayCall : IIoctl
{
    /// <summary>More than so many are refused with ENOMEM.</summary>
    const uint Most = 1 << 16;

    /// <summary>Fewer than <see cref="Count"/> where they could not be read, which is EFAULT, but after the other fields.</summary>
    ImmutableArray<SyncobjHandle> Handles { get; }

    /// <summary>What the client says of how many there are.</summary>
    uint Count { get; }
}

/// <summary>
/// DRM_IOCTL_SYNCOBJ_WAIT: until any or all have been signalled. Nothing for none of them. EINVAL for unknown flags, and for one without a fence but with
/// WAIT_FOR_SUBMIT; ENOENT for an unknown handle; ETIME; EINTR. drm.h.
/// </summary>
/// <param name="Timeout">When to give up, in ns of the monotonic clock. What has passed, as 0 and what is negative, asks and does not wait.</param>
/// <param name="Deadline">In ns; with <see cref="SyncobjWaitFlags.WaitDeadline"/>.</param>
public sealed record SyncobjWait(
    ImmutableArray<SyncobjHandle> Handles, uint Count, long Timeout, SyncobjWaitFlags Flags = SyncobjWaitFlags.None, ulong Deadline = 0)
    : IIoctl<SyncobjWaited>, ISyncobjArrayCall;

/// <summary>DRM_IOCTL_SYNCOBJ_TIMELINE_WAIT: the same for points of timelines; point 0 is the last one that has a fence. drm.h.</summary>
/// <param name="Points">One for each handle, 0 where the client points nowhere; fewer where they could not be read, which is EFAULT, but after the handles.</param>
/// <inheritdoc cref="SyncobjWait"/>
public sealed record SyncobjTimelineWait(
    ImmutableArray<SyncobjHandle> Handles,
    uint Count,
    ImmutableArray<ulong> Points,
    long Timeout,
    SyncobjWaitFlags Flags = SyncobjWaitFlags.None,
    ulong Deadline = 0) : IIoctl<SyncobjWaited>, ISyncobjArrayCall;

/// <param name="FirstSignaled">
/// The first of them, by its place, that had been; of a wait for all, the first that had been when it began, and all ones where none had. Null for a wait
/// for none of them, which leaves the field alone.
/// </param>
public sealed record SyncobjWaited(uint? FirstSignaled);

/// <summary>DRM_IOCTL_SYNCOBJ_RESET: their fences go. EINVAL for padding and for none of them; ENOENT for an unknown handle. drm.h.</summary>
public sealed record SyncobjReset(ImmutableArray<SyncobjHandle> Handles, uint Count, uint Pad = 0) : IIoctl<Done>, ISyncobjArrayCall;

/// <summary>DRM_IOCTL_SYNCOBJ_SIGNAL: each gets a fence that is signalled already. As <see cref="SyncobjReset"/>. drm.h.</summary>
public sealed record SyncobjSignal(ImmutableArray<SyncobjHandle> Handles, uint Count, uint Pad = 0) : IIoctl<Done>, ISyncobjArrayCall;

/// <summary>
/// DRM_IOCTL_SYNCOBJ_TIMELINE_SIGNAL: each gets a point whose own fence is signalled already. EINVAL for flags and for none of them; ENOENT. drm.h.
/// </summary>
/// <param name="Points">Where the client points nowhere, 0 for each; fewer where they could not be read (EFAULT).</param>
public sealed record SyncobjTimelineSignal(ImmutableArray<SyncobjHandle> Handles, uint Count, ImmutableArray<ulong> Points, uint Flags = 0)
    : IIoctl<Done>, ISyncobjArrayCall;

/// <summary>DRM_IOCTL_SYNCOBJ_QUERY: how far timelines have come; 0 for what is none. EINVAL for unknown flags and for none of them; ENOENT. drm.h.</summary>
public sealed record SyncobjQuery(ImmutableArray<SyncobjHandle> Handles, uint Count, SyncobjQueryFlags Flags = SyncobjQueryFlags.None)
    : IIoctl<SyncobjPoints>, ISyncobjArrayCall;

public sealed record SyncobjPoints(ImmutableArray<ulong> Points);
