using System.Collections.Immutable;

namespace DrmActors.Messages;

/// <summary>
/// SYNC_IOC_MERGE: a sync file that is signalled when this one and another are. EINVAL for flags or padding that are not zero, ENOENT where the other is
/// no sync file, or not open. linux/sync_file.h.
/// </summary>
/// <param name="Name">Of the new one, at most 31 bytes.</param>
public sealed record SyncMerge(string Name, Descriptor Other, uint Flags = 0, uint Pad = 0) : IIoctl<SyncMerged>, ITakesDescriptors
{
    ImmutableArray<Descriptor> ITakesDescriptors.Takes => [Other];

    IIoctl ITakesDescriptors.With(ImmutableArray<Descriptor> descriptors) => this with { Other = descriptors[0] };
}

public sealed record SyncMerged(Descriptor Descriptor) : IMakesDescriptors
{
    ImmutableArray<MadeDescriptor> IMakesDescriptors.Made => [new(Descriptor)];
}

/// <summary>
/// SYNC_IOC_FILE_INFO: what a sync file waits for, and how far that has come. EINVAL for flags or padding that are not zero, or room for too few fences.
/// linux/sync_file.h.
/// </summary>
/// <param name="Count">How many fences there is room for; 0 to learn how many there are.</param>
public sealed record GetSyncFileInfo(uint Count, uint Flags = 0, uint Pad = 0) : IIoctl<SyncFileInfo>;

/// <param name="Status">1 where all is signalled, 0 while it is not, the negative errno of what has failed.</param>
/// <param name="Count">How many fences it has.</param>
/// <param name="Fences">All of them; none where the call had no room.</param>
public sealed record SyncFileInfo(string Name, int Status, uint Count, ImmutableArray<SyncFenceInfo> Fences);

/// <param name="Timeline">The name of what the fence is a point of.</param>
/// <param name="Driver">The name of whose that is.</param>
/// <param name="Status">1 once signalled, 0 before, a negative errno where that has failed.</param>
/// <param name="Time">When it was signalled, in nanoseconds of the monotonic clock; 0 before.</param>
public readonly record struct SyncFenceInfo(string Timeline, string Driver, int Status, ulong Time);

/// <summary>
/// SYNC_IOC_SET_DEADLINE: somebody would like it by then, which whoever signals it may do something about. EINVAL for padding that is not zero.
/// linux/sync_file.h, since Linux 6.6.
/// </summary>
/// <param name="Deadline">In nanoseconds of the monotonic clock.</param>
public sealed record SetSyncDeadline(ulong Deadline, ulong Pad = 0) : IIoctl<Done>;
