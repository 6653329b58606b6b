using System.Collections.Immutable;

namespace DrmActors.Messages;

// A timeline that a program moves on by hand: /sys/kernel/debug/sync/sw_sync, of which every open is another one. For tests of those who wait for
// fences. No UAPI header has it; the layouts are those of the kernel's sw_sync.

/// <summary>SW_SYNC_IOC_CREATE_FENCE: a sync file that is signalled when the timeline has come to a point, or has already.</summary>
/// <param name="Value">The point.</param>
/// <param name="Name">Not looked at.</param>
public sealed record SwSyncCreateFence(uint Value, string Name = "") : IIoctl<SwSyncFence>;

public sealed record SwSyncFence(Descriptor Descriptor) : IMakesDescriptors
{
    ImmutableArray<MadeDescriptor> IMakesDescriptors.Made => [new(Descriptor)];
}

/// <summary>SW_SYNC_IOC_INC: moves the timeline on, and signals in their order the fences that it passes.</summary>
/// <param name="By">How many points.</param>
public sealed record SwSyncInc(uint By) : IIoctl<Done>;

/// <summary>
/// SW_SYNC_GET_DEADLINE: by when somebody would like a fence of a timeline. EINVAL for fields that are not zero, or a descriptor of no such fence; ENOENT
/// where nobody has said. Since Linux 6.4.
/// </summary>
/// <param name="Deadline">Has to be 0.</param>
public sealed record SwSyncGetDeadline(Descriptor Fence, ulong Deadline = 0, uint Pad = 0) : IIoctl<SwSyncDeadline>, ITakesDescriptors
{
    ImmutableArray<Descriptor> ITakesDescriptors.Takes => [Fence];

    IIoctl ITakesDescriptors.With(ImmutableArray<Descriptor> descriptors) => this with { Fence = descriptors[0] };
}

/// <param name="Time">In nanoseconds of the monotonic clock.</param>
public sealed record SwSyncDeadline(ulong Time);
