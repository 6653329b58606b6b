using System.Collections.Immutable;
using System.Text.Json.Serialization;
using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Syncobjs;
using DrmActors.Messages;
using DrmActors.Simulation.Schedules;

namespace DrmActors.Simulation.Workloads.Calls;

/// <summary>SYNCOBJ_CREATE, now and then with flags that there are not.</summary>
internal sealed record CreateSyncobjCall(SyncobjCreateFlags Flags) : WorkloadCall
{
    public static CreateSyncobjCall Draw(Seed seed) =>
        new(seed.OneIn(10) ? (SyncobjCreateFlags)6 : seed.OneIn(3) ? SyncobjCreateFlags.Signaled : SyncobjCreateFlags.None);

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        var reply = await client.CallAsync(new SyncobjCreate(Flags));
        if (reply.Ok)
            client.Syncobjs.Add(new HeldNumber(reply.Value!.Handle.Value));
        return reply.Errno;
    }
}

internal sealed record DestroySyncobjCall(int Slot) : WorkloadCall
{
    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Syncobjs.At(Slot) is not { } held)
            return Errno.EAGAIN;
        client.Syncobjs.Remove(held);
        return await client.ErrnoAsync(new SyncobjDestroy(new SyncobjHandle(held.Value)));
    }
}

/// <summary>SYNCOBJ_HANDLE_TO_FD, also of points; the descriptor is told to everybody.</summary>
internal sealed record ExportSyncobjCall(int Slot, SyncobjExportFlags Flags, ulong Point = 0) : WorkloadCall
{
    public static ExportSyncobjCall Draw(Seed seed) => new(
        Slots.Draw(seed),
        (seed.OneIn(3) ? SyncobjExportFlags.ExportSyncFile : SyncobjExportFlags.None)
            | (seed.OneIn(3) ? SyncobjExportFlags.Timeline : SyncobjExportFlags.None),
        (ulong)seed.Below(4));

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Syncobjs.At(Slot) is not { } held)
            return Errno.EAGAIN;
        var reply = await client.CallAsync(new SyncobjHandleToFd(new SyncobjHandle(held.Value), Flags, Point: Point));
        if (reply.Ok)
            client.Tell(new HeldDescriptor(reply.Value!.Descriptor));
        return reply.Errno;
    }
}

/// <summary>SYNCOBJ_FD_TO_HANDLE of a descriptor that was told, which may be of anything.</summary>
/// <param name="Into">Where a sync file's fence goes.</param>
/// <param name="Point">Which it becomes there.</param>
internal sealed record ImportSyncobjCall(int Slot, int Into, SyncobjImportFlags Flags, ulong Point = 0) : WorkloadCall
{
    [JsonIgnore]
    public bool IsOfSyncFile => Flags.HasFlag(SyncobjImportFlags.ImportSyncFile);

    public static ImportSyncobjCall Draw(Seed seed) => new(
        Slots.Draw(seed),
        Slots.Draw(seed),
        (seed.OneIn(4) ? SyncobjImportFlags.ImportSyncFile : SyncobjImportFlags.None)
            | (seed.OneIn(3) ? SyncobjImportFlags.Timeline : SyncobjImportFlags.None),
        (ulong)seed.Below(4));

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if ((IsOfSyncFile ? client.Told<SyncFile>(Slot) : client.Told<SyncobjFile>(Slot)) is not { } told)
            return Errno.EAGAIN;
        var into = new SyncobjHandle(client.Syncobjs.At(Into)?.Value ?? 0);
        var reply = await client.CallAsync(new SyncobjFdToHandle(told.Descriptor, into, Flags, Point: Point));
        if (reply.Ok && !IsOfSyncFile)
            client.Syncobjs.Add(new HeldNumber(reply.Value!.Handle.Value));
        return reply.Errno;
    }
}

/// <summary>SYNCOBJ_WAIT for one or two, not for long.</summary>
/// <param name="Ahead">In ns from now; 0 asks.</param>
internal sealed record WaitSyncobjsCall(SyncobjPlaces Places, SyncobjWaitFlags Flags, long Ahead) : WorkloadCall
{
    public static WaitSyncobjsCall Draw(Seed seed) =>
        new(SyncobjPlaces.Draw(seed), (SyncobjWaitFlags)seed.Below(4), SyncobjPlaces.DrawAhead(seed));

    public override Task<Errno> RunAsync(WorkloadClient client)
    {
        var handles = Places.Of(client);
        return handles.IsEmpty
            ? Task.FromResult(Errno.EAGAIN)
            : client.ErrnoAsync(new SyncobjWait(handles, (uint)handles.Length, SyncobjPlaces.Until(client, Ahead), Flags));
    }
}

/// <summary>SYNCOBJ_TIMELINE_WAIT for points of one or two, not for long.</summary>
/// <inheritdoc cref="WaitSyncobjsCall"/>
internal sealed record WaitPointsCall(SyncobjPlaces Places, ulong Point, SyncobjWaitFlags Flags, long Ahead) : WorkloadCall
{
    public static WaitPointsCall Draw(Seed seed) =>
        new(SyncobjPlaces.Draw(seed), (ulong)seed.Below(6), (SyncobjWaitFlags)seed.Below(16), SyncobjPlaces.DrawAhead(seed));

    public override Task<Errno> RunAsync(WorkloadClient client)
    {
        var handles = Places.Of(client);
        return handles.IsEmpty
            ? Task.FromResult(Errno.EAGAIN)
            : client.ErrnoAsync(new SyncobjTimelineWait(
                handles, (uint)handles.Length, SyncobjPlaces.Points(handles, Point), SyncobjPlaces.Until(client, Ahead), Flags));
    }
}

internal sealed record ResetSyncobjsCall(SyncobjPlaces Places) : WorkloadCall
{
    public override Task<Errno> RunAsync(WorkloadClient client)
    {
        var handles = Places.Of(client);
        return client.ErrnoAsync(new SyncobjReset(handles, (uint)handles.Length));
    }
}

internal sealed record SignalSyncobjsCall(SyncobjPlaces Places) : WorkloadCall
{
    public override Task<Errno> RunAsync(WorkloadClient client)
    {
        var handles = Places.Of(client);
        return client.ErrnoAsync(new SyncobjSignal(handles, (uint)handles.Length));
    }
}

/// <summary>SYNCOBJ_TIMELINE_SIGNAL, also of points that go back.</summary>
internal sealed record SignalPointsCall(SyncobjPlaces Places, ulong Point) : WorkloadCall
{
    public override Task<Errno> RunAsync(WorkloadClient client)
    {
        var handles = Places.Of(client);
        return client.ErrnoAsync(new SyncobjTimelineSignal(handles, (uint)handles.Length, SyncobjPlaces.Points(handles, Point)));
    }
}

internal sealed record QueryPointsCall(SyncobjPlaces Places, bool Submitted) : WorkloadCall
{
    public override Task<Errno> RunAsync(WorkloadClient client)
    {
        var handles = Places.Of(client);
        return client.ErrnoAsync(new SyncobjQuery(
            handles, (uint)handles.Length, Submitted ? SyncobjQueryFlags.LastSubmitted : SyncobjQueryFlags.None));
    }
}

/// <summary>SYNCOBJ_TRANSFER; waiting for the source takes five seconds where nobody brings it.</summary>
internal sealed record TransferPointCall(int From, ulong FromPoint, int To, ulong ToPoint, bool Waiting) : WorkloadCall
{
    public static TransferPointCall Draw(Seed seed) =>
        new(Slots.Draw(seed), (ulong)seed.Below(4), Slots.Draw(seed), (ulong)seed.Below(6), seed.OneIn(10));

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Syncobjs.At(From) is not { } from || client.Syncobjs.At(To) is not { } to)
            return Errno.EAGAIN;
        return await client.ErrnoAsync(new SyncobjTransfer(
            new SyncobjHandle(from.Value),
            FromPoint,
            new SyncobjHandle(to.Value),
            ToPoint,
            Waiting ? SyncobjWaitFlags.WaitForSubmit : SyncobjWaitFlags.None));
    }
}

/// <summary>SYNCOBJ_EVENTFD with an event counter of one's own, or a descriptor that was told.</summary>
internal sealed record CountPointCall(int Slot, ulong Point, bool Own, int Told) : WorkloadCall
{
    public static CountPointCall Draw(Seed seed) => new(Slots.Draw(seed), (ulong)seed.Below(6), seed.OneIn(2), Slots.Draw(seed));

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Syncobjs.At(Slot) is not { } held)
            return Errno.EAGAIN;
        if (Own)
            client.Tell(new HeldDescriptor(client.Host.CreateEventCounter()));
        return await client.ErrnoAsync(new SyncobjEventfd(
            new SyncobjHandle(held.Value), Point, client.Told<EventCounter>(Told)?.Descriptor ?? Descriptor.None));
    }
}

/// <summary>One or two syncobjs of a client, by slot.</summary>
/// <param name="Second">Below 0 for none.</param>
internal readonly record struct SyncobjPlaces(int First, int Second)
{
    // Less than a frame, and more than one: the time goes on from alarm to alarm, and a short wait is often the next.
    private static readonly ImmutableArray<long> Ahead = [0, 500_000, 20_000_000];

    [JsonIgnore]
    public int Count => Second < 0 ? 1 : 2;

    public static SyncobjPlaces Draw(Seed seed) => new(Slots.Draw(seed), seed.OneIn(3) ? Slots.Draw(seed) : -1);

    /// <summary>For how long to wait, in ns; 0 only asks.</summary>
    public static long DrawAhead(Seed seed) => Ahead[seed.Below(Ahead.Length)];

    /// <summary>Those that the client holds there; none where it holds none.</summary>
    public ImmutableArray<SyncobjHandle> Of(WorkloadClient client) => client.Syncobjs.At(First) is not { } first ? []
        : Second < 0 || client.Syncobjs.At(Second) is not { } second ? [new(first.Value)]
        : [new(first.Value), new(second.Value)];

    /// <summary>The second has one more than the first.</summary>
    public static ImmutableArray<ulong> Points(ImmutableArray<SyncobjHandle> handles, ulong point) =>
        [.. Enumerable.Range(0, handles.Length).Select(i => point + (ulong)i)];

    public static long Until(WorkloadClient client, long ahead) => ahead == 0 ? 0 : client.Host.Clock.Now + ahead;
}
