using DrmActors.Actors.Fences;
using DrmActors.Hosting;
using DrmActors.Kms;
using DrmActors.Messages;
using DrmActors.Simulation.Schedules;

namespace DrmActors.Simulation.Workloads.Calls;

/// <summary>An open of sw_sync: a timeline, whose descriptor is told to everybody.</summary>
internal sealed record OpenTimelineCall : WorkloadCall
{
    public override Task<Errno> RunAsync(WorkloadClient client)
    {
        client.Tell(new HeldDescriptor(client.Host.OpenSwSync($"client-{client.Index}")));
        return Task.FromResult(Errno.None);
    }
}

/// <summary>SW_SYNC_IOC_CREATE_FENCE on a descriptor that was told, of whatever that is.</summary>
internal sealed record CreateFenceCall(int Slot, uint Value) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Told<SwTimeline>(Slot) is { } told ? client.Keep(await client.CallAsync(told, new SwSyncCreateFence(Value))) : Errno.EAGAIN;
}

/// <summary>SW_SYNC_IOC_INC likewise.</summary>
internal sealed record AdvanceTimelineCall(int Slot, uint By) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Told<SwTimeline>(Slot) is { } told ? (await client.CallAsync(told, new SwSyncInc(By))).Errno : Errno.EAGAIN;
}

/// <summary>SYNC_IOC_MERGE of two descriptors that were told.</summary>
internal sealed record MergeFencesCall(int Slot, int Other, uint Flags) : WorkloadCall
{
    public static MergeFencesCall Draw(Seed seed) => new(Slots.Draw(seed), Slots.Draw(seed), seed.OneIn(8) ? 1u : 0);

    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Told<SyncFile>(Slot) is { } told && client.Told<SyncFile>(Other) is { } other
            ? client.Keep(await client.CallAsync(told, new SyncMerge("both", other.Descriptor, Flags)))
            : Errno.EAGAIN;
}

/// <summary>SYNC_IOC_FILE_INFO, or SYNC_IOC_SET_DEADLINE.</summary>
/// <param name="Room">For so many fences.</param>
internal sealed record LookAtFenceCall(int Slot, uint Room, bool Deadline) : WorkloadCall
{
    public static LookAtFenceCall Draw(Seed seed) => new(Slots.Draw(seed), (uint)seed.Below(4), seed.OneIn(3));

    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Told<SyncFile>(Slot) is not { } told ? Errno.EAGAIN
        : Deadline ? (await client.CallAsync(told, new SetSyncDeadline(Room))).Errno
        : (await client.CallAsync(told, new GetSyncFileInfo(Room))).Errno;
}

/// <summary>poll(2) of a descriptor that was told, for a moment.</summary>
internal sealed record WaitFenceCall(int Slot, int Milliseconds) : WorkloadCall
{
    public static WaitFenceCall Draw(Seed seed) => new(Slots.Draw(seed), seed.Below(40));

    public override async Task<Errno> RunAsync(WorkloadClient client) =>
        client.Told<SyncFile>(Slot) is { } told ? await client.WaitAsync(told, TimeSpan.FromMilliseconds(Milliseconds)) : Errno.EAGAIN;
}

/// <summary>
/// A flip by MODE_ATOMIC that waits for a fence, or gives one. Who waits for what another client holds up waits for that one alone, so it has a timeline
/// of its own, which it moves on meanwhile.
/// </summary>
/// <param name="Fence">A descriptor that was told, of whatever that is; an own fence where it does not block.</param>
internal sealed record FencedFlipCall(int Crtc, int Slot, int Fence, bool Gives, AtomicFlags Flags) : WorkloadCall
{
    // Where a program would want the number.
    private const ulong Pointer = 0x1000;

    public static FencedFlipCall Draw(Seed seed)
    {
        var flags = seed.OneIn(8) ? AtomicFlags.TestOnly : AtomicFlags.None;
        if (!seed.OneIn(3))
            flags |= AtomicFlags.NonBlock;
        return new(Slots.Draw(seed), Slots.Draw(seed), seed.OneIn(4) ? -1 : Slots.Draw(seed), !seed.OneIn(3), flags);
    }

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Facts is not { Primaries.IsEmpty: false } facts || client.Lit is not { } lit)
            return Errno.EAGAIN;
        await client.ErrnoAsync(new SetClientCap(ClientCapability.Atomic, 1));
        var framebuffer = client.Framebuffers.At(Slot, f => f.IsOfSizeOf(lit.Shown));
        if (Fence < 0 || Flags.HasFlag(AtomicFlags.NonBlock))
            return await CommitAsync(client, facts, framebuffer, Fence < 0 ? Descriptor.None : client.Told<SyncFile>(Fence)?.Descriptor ?? Descriptor.None);
        var timeline = client.Host.OpenSwSync("own");
        var fence = await client.Host.CreateFenceAsync(timeline, 1);
        var commit = CommitAsync(client, facts, framebuffer, fence);
        await client.Host.AdvanceAsync(timeline);
        var errno = await commit;
        client.Host.Close(fence);
        client.Host.Close(timeline);
        return errno;
    }

    private async Task<Errno> CommitAsync(WorkloadClient client, CardFacts facts, HeldFramebuffer? framebuffer, Descriptor fence)
    {
        return client.Keep(await client.CallAsync(new ModeAtomic(
            Flags,
            [
                new AtomicObject(
                    facts.Primary(Crtc).Value,
                    [
                        new PropertyValue(StandardProperties.FbId.Id, framebuffer?.Id.Value ?? 0),
                        new PropertyValue(StandardProperties.InFenceFd.Id, (ulong)fence.Number),
                    ]),
                new AtomicObject(facts.Crtc(Crtc).Value, [new PropertyValue(StandardProperties.OutFencePtr.Id, Gives ? Pointer : 0)]),
            ])));
    }
}
