using DrmActors.Actors.Prime;
using DrmActors.Messages;
using DrmActors.Simulation.Schedules;

namespace DrmActors.Simulation.Workloads.Calls;

/// <summary>mmap(2) of a dma-buf that was told, of whatever that is: it needs no card, and outlives all of them.</summary>
internal sealed record MapDmaBufCall(int Slot) : WorkloadCall
{
    public override Task<Errno> RunAsync(WorkloadClient client) =>
        Task.FromResult(client.Told<DmaBuf>(Slot) is { } told ? client.Map(told) : Errno.EAGAIN);
}

/// <summary>Looks at what is mapped once more, and unmaps it.</summary>
internal sealed record UnmapDmaBufCall(int Slot) : WorkloadCall
{
    public override Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Views.At(Slot) is not { } view)
            return Task.FromResult(Errno.EAGAIN);
        client.Touch(view);
        client.Unmap(view);
        return Task.FromResult(Errno.None);
    }
}

/// <summary>
/// DMA_BUF_IOCTL_IMPORT_SYNC_FILE on a descriptor that was told: for a moment its memory is in use, and whoever shows it waits, on any board. The timeline
/// is this call's own, so that nobody waits for good. Meanwhile DMA_BUF_IOCTL_EXPORT_SYNC_FILE, whose sync file is told.
/// </summary>
internal sealed record UseDmaBufCall(int Slot, DmaBufSyncFlags Uses) : WorkloadCall
{
    public static UseDmaBufCall Draw(Seed seed) => new(Slots.Draw(seed), (DmaBufSyncFlags)seed.Below(4));

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Told<DmaBuf>(Slot) is not { } told)
            return Errno.EAGAIN;
        var timeline = client.Host.OpenSwSync("use");
        var fence = await client.Host.CreateFenceAsync(timeline, 1);
        var imported = await client.CallAsync(told, new DmaBufImportSyncFile(Uses, fence));
        client.Keep(await client.CallAsync(told, new DmaBufExportSyncFile(DmaBufSyncFlags.Write)));
        await client.Host.AdvanceAsync(timeline);
        client.Host.Close(fence);
        client.Host.Close(timeline);
        return imported.Errno;
    }
}

/// <summary>
/// What a display server does with a buffer of another card: imports it, makes a framebuffer of it, which others of its calls may show, and may let go
/// of the handle.
/// </summary>
internal sealed record TakeInCall(int Slot, bool Keeps) : WorkloadCall
{
    public static TakeInCall Draw(Seed seed) => new(Slots.Draw(seed), seed.OneIn(2));

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Told<DmaBuf>(Slot) is not { } told)
            return Errno.EAGAIN;
        var imported = await client.ImportAsync(told.Descriptor, told.Layout);
        if (!imported.Ok)
            return imported.Errno;
        var errno = (await AddFbCall.AddAsync(client, imported.Value!)).Errno;
        if (!Keeps)
            await client.CloseHandleAsync(imported.Value!, new GemClose(imported.Value!.Handle));
        return errno;
    }
}
