using System.Collections.Immutable;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Hosting;

// Syncobjs and timelines, on drivers that have them (EOPNOTSUPP elsewhere). Times are in ns of the host's clock.
public sealed partial class DrmCard
{
    /// <summary>SYNCOBJ_CREATE.</summary>
    /// <param name="signaled">With a fence that is signalled already; else with none.</param>
    public async Task<SyncobjHandle> CreateSyncobjAsync(bool signaled = false, CancellationToken cancellationToken = default) =>
        (await Make(new SyncobjCreate(signaled ? SyncobjCreateFlags.Signaled : SyncobjCreateFlags.None), cancellationToken)).Handle;

    /// <summary>SYNCOBJ_DESTROY: the handle goes; who waits for it goes on waiting. EINVAL for an unknown handle.</summary>
    public Task DestroySyncobjAsync(SyncobjHandle syncobj, CancellationToken cancellationToken = default) =>
        Require(new SyncobjDestroy(syncobj), cancellationToken);

    /// <summary>SYNCOBJ_HANDLE_TO_FD: a descriptor by which another file gets a handle. EINVAL for an unknown handle.</summary>
    public async Task<Descriptor> ExportSyncobjAsync(SyncobjHandle syncobj, CancellationToken cancellationToken = default) =>
        (await Make(new SyncobjHandleToFd(syncobj), cancellationToken)).Descriptor;

    /// <summary>SYNCOBJ_FD_TO_HANDLE: a handle of a syncobj that was exported. EINVAL for any other descriptor.</summary>
    public async Task<SyncobjHandle> ImportSyncobjAsync(Descriptor descriptor, CancellationToken cancellationToken = default) =>
        (await Make(new SyncobjFdToHandle(descriptor), cancellationToken)).Handle;

    /// <summary>SYNCOBJ_HANDLE_TO_FD with EXPORT_SYNC_FILE: its fence of now. ENOENT for an unknown handle, EINVAL where it has none.</summary>
    /// <param name="point">Whose fence; 0 for all of it.</param>
    public async Task<Descriptor> ExportSyncFileAsync(SyncobjHandle syncobj, ulong point = 0, CancellationToken cancellationToken = default) =>
        (await Make(
            new SyncobjHandleToFd(syncobj, SyncobjExportFlags.ExportSyncFile | SyncobjExportFlags.Timeline, Point: point), cancellationToken)).Descriptor;

    /// <summary>SYNCOBJ_FD_TO_HANDLE with IMPORT_SYNC_FILE: a sync file's fence becomes that of a syncobj. ENOENT for an unknown handle, EINVAL.</summary>
    /// <param name="point">Which it becomes of a timeline; 0 to replace what there is.</param>
    public Task ImportSyncFileAsync(SyncobjHandle syncobj, Descriptor syncFile, ulong point = 0, CancellationToken cancellationToken = default) =>
        Require(
            new SyncobjFdToHandle(syncFile, syncobj, SyncobjImportFlags.ImportSyncFile | SyncobjImportFlags.Timeline, Point: point), cancellationToken);

    /// <summary>SYNCOBJ_WAIT: until any of them, or with WAIT_ALL all, have been signalled.</summary>
    /// <param name="timeout">When to give up; at once for what has passed, and never by default.</param>
    /// <returns>The place of the first that had been; with WAIT_ALL, of those that had been when it began, and -1 where none had.</returns>
    /// <exception cref="DrmException">ETIME: not by then. EINVAL: one has no fence, without WAIT_FOR_SUBMIT. ENOENT: an unknown handle.</exception>
    public Task<int> WaitSyncobjsAsync(
        IEnumerable<SyncobjHandle> syncobjs,
        SyncobjWaitFlags flags = SyncobjWaitFlags.None,
        long timeout = long.MaxValue,
        CancellationToken cancellationToken = default)
    {
        ImmutableArray<SyncobjHandle> handles = [.. syncobjs];
        return WaitAsync(new SyncobjWait(handles, (uint)handles.Length, timeout, flags), cancellationToken);
    }

    /// <summary>SYNCOBJ_TIMELINE_WAIT: the same for points; with WAIT_AVAILABLE only until they have fences.</summary>
    /// <inheritdoc cref="WaitSyncobjsAsync"/>
    public Task<int> WaitTimelinesAsync(
        IEnumerable<(SyncobjHandle Syncobj, ulong Point)> points,
        SyncobjWaitFlags flags = SyncobjWaitFlags.None,
        long timeout = long.MaxValue,
        CancellationToken cancellationToken = default)
    {
        var (handles, numbers) = Split(points);
        return WaitAsync(new SyncobjTimelineWait(handles, (uint)handles.Length, numbers, timeout, flags), cancellationToken);
    }

    /// <summary>SYNCOBJ_RESET: their fences go. ENOENT for an unknown handle, EINVAL for none at all.</summary>
    public Task ResetSyncobjsAsync(IEnumerable<SyncobjHandle> syncobjs, CancellationToken cancellationToken = default)
    {
        ImmutableArray<SyncobjHandle> handles = [.. syncobjs];
        return Require(new SyncobjReset(handles, (uint)handles.Length), cancellationToken);
    }

    /// <summary>SYNCOBJ_SIGNAL: each gets a fence that is signalled already. ENOENT for an unknown handle, EINVAL for none at all.</summary>
    public Task SignalSyncobjsAsync(IEnumerable<SyncobjHandle> syncobjs, CancellationToken cancellationToken = default)
    {
        ImmutableArray<SyncobjHandle> handles = [.. syncobjs];
        return Require(new SyncobjSignal(handles, (uint)handles.Length), cancellationToken);
    }

    /// <summary>SYNCOBJ_TIMELINE_SIGNAL: points that have come when all before them have. ENOENT for an unknown handle, EINVAL for none at all.</summary>
    public Task SignalTimelinesAsync(IEnumerable<(SyncobjHandle Syncobj, ulong Point)> points, CancellationToken cancellationToken = default)
    {
        var (handles, numbers) = Split(points);
        return Require(new SyncobjTimelineSignal(handles, (uint)handles.Length, numbers), cancellationToken);
    }

    /// <summary>SYNCOBJ_QUERY: the last point of each that has come, or, with LAST_SUBMITTED, that has a fence; 0 for what is no timeline.</summary>
    public async Task<ImmutableArray<ulong>> QueryTimelinesAsync(
        IEnumerable<SyncobjHandle> syncobjs, SyncobjQueryFlags flags = SyncobjQueryFlags.None, CancellationToken cancellationToken = default)
    {
        ImmutableArray<SyncobjHandle> handles = [.. syncobjs];
        return (await Require(new SyncobjQuery(handles, (uint)handles.Length, flags), cancellationToken)).Points;
    }

    /// <summary>SYNCOBJ_TRANSFER: a point's fence to a point of another; 0 is all of a syncobj.</summary>
    /// <exception cref="DrmException">ENOENT: an unknown handle. EINVAL: no such point; with WAIT_FOR_SUBMIT, ETIME after five seconds without it.</exception>
    public Task TransferSyncobjAsync(
        (SyncobjHandle Syncobj, ulong Point) source,
        (SyncobjHandle Syncobj, ulong Point) destination,
        SyncobjWaitFlags flags = SyncobjWaitFlags.None,
        CancellationToken cancellationToken = default) =>
        AbandonableAsync(new SyncobjTransfer(source.Syncobj, source.Point, destination.Syncobj, destination.Point, flags), cancellationToken);

    /// <summary>SYNCOBJ_EVENTFD: adds 1 to an event counter when a point has come. EBADF and EINVAL for what is no counter; ENOENT.</summary>
    public Task CountSyncobjAsync(
        SyncobjHandle syncobj,
        ulong point,
        Descriptor counter,
        SyncobjWaitFlags flags = SyncobjWaitFlags.None,
        CancellationToken cancellationToken = default) => Require(new SyncobjEventfd(syncobj, point, counter, flags), cancellationToken);

    private static (ImmutableArray<SyncobjHandle> Handles, ImmutableArray<ulong> Points) Split(IEnumerable<(SyncobjHandle Syncobj, ulong Point)> points)
    {
        (SyncobjHandle Syncobj, ulong Point)[] all = [.. points];
        return ([.. all.Select(p => p.Syncobj)], [.. all.Select(p => p.Point)]);
    }

    private async Task<int> WaitAsync(IIoctl<SyncobjWaited> wait, CancellationToken cancellationToken) =>
        (int)((await AbandonableAsync(wait, cancellationToken)).FirstSignaled ?? 0);

    // Who gives up leaves nothing behind at the syncobjs.
    private async Task<T> AbandonableAsync<T>(IIoctl<T> call, CancellationToken cancellationToken)
        where T : class
    {
        var answer = Require(call, cancellationToken);
        using var abandon = cancellationToken.Register(() => _file.Actor.Tell(new AbandonCall(call), Akka.Actor.ActorRefs.NoSender));
        return await answer;
    }
}
