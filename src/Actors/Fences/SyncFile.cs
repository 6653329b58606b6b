using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Descriptors;
using DrmActors.Messages;

namespace DrmActors.Actors.Fences;

/// <summary>A fence that travels as a descriptor. It polls readable once the fence is signalled. linux/sync_file.h.</summary>
/// <param name="descriptors">Where what is made of it goes.</param>
/// <param name="contexts">Of the host.</param>
/// <param name="name">As FILE_INFO tells it; empty for one made of the fence.</param>
internal sealed class SyncFile(Fence fence, DescriptorTable descriptors, FenceContexts contexts, string name = "") : Description
{
    public Fence Fence => fence;

    public string Name { get; } = name.Length > 0 ? name : $"{fence.Driver}-{fence.Timeline}{fence.Context}-{fence.Sequence}";

    /// <summary>The fence of a descriptor.</summary>
    /// <returns>EBADF where it is not open, EINVAL where it is no sync file. Calls may say otherwise.</returns>
    public static Errno Find(DescriptorTable descriptors, Descriptor descriptor, out Fence? fence)
    {
        var description = descriptors.Find(descriptor);
        fence = (description as SyncFile)?.Fence;
        return description is null ? Errno.EBADF : fence is null ? Errno.EINVAL : Errno.None;
    }

    public override void Take(IIoctl call, IActorRef caller) => caller.Tell(Answer(call), ActorRefs.NoSender);

    protected override void Released()
    {
    }

    private object Answer(IIoctl call) => call switch
    {
        SyncMerge merge => Merge(merge),
        GetSyncFileInfo get => Describe(get),
        SetSyncDeadline set => SetDeadline(set),
        _ => call.Fail(Errno.ENOTTY),
    };

    private Reply<SyncMerged> Merge(SyncMerge merge)
    {
        if (merge.Flags != 0 || merge.Pad != 0)
            return Reply<SyncMerged>.Failed(Errno.EINVAL);
        if (Find(descriptors, merge.Other, out var other) != Errno.None)
            return Reply<SyncMerged>.Failed(Errno.ENOENT);
        var merged = FenceArray.Merge([fence, other!], contexts);
        return Reply<SyncMerged>.Success(new SyncMerged(descriptors.Add(new SyncFile(merged, descriptors, contexts, merge.Name))));
    }

    private Reply<SyncFileInfo> Describe(GetSyncFileInfo get)
    {
        var parts = fence.Parts;
        if (get.Flags != 0 || get.Pad != 0 || (get.Count > 0 && get.Count < parts.Count))
            return Reply<SyncFileInfo>.Failed(Errno.EINVAL);
        ImmutableArray<SyncFenceInfo> fences = get.Count == 0 ? [] : [.. parts.Select(Describe)];
        var status = get.Count == 0 ? StatusOf(fence) : fences.Select(f => f.Status).FirstOrDefault(s => s <= 0, 1);
        return Reply<SyncFileInfo>.Success(new SyncFileInfo(Name, status, (uint)parts.Count, fences));
    }

    private Reply<Done> SetDeadline(SetSyncDeadline set)
    {
        if (set.Pad != 0)
            return Reply<Done>.Failed(Errno.EINVAL);
        fence.SetDeadline((long)set.Deadline);
        return Done.Ok;
    }

    private static SyncFenceInfo Describe(Fence fence)
    {
        var status = StatusOf(fence);
        return new SyncFenceInfo(fence.Timeline, fence.Driver, status, status == 0 ? 0 : (ulong)fence.Time);
    }

    private static int StatusOf(Fence fence) => !fence.IsSignaled ? 0 : fence.Error == Errno.None ? 1 : -(int)fence.Error;
}
