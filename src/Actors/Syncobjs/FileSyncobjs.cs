using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Device;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Syncobjs;

/// <summary>
/// A file's syncobjs and its waits for them. Calls come from the file's actor, one at a time; a wait that cannot be answered at once is answered by whoever
/// ends it, without the file.
/// </summary>
/// <param name="file">Carries out what a wait was for.</param>
internal sealed partial class FileSyncobjs(DeviceView view, IActorRef file)
{
    private readonly SyncobjTable _table = new();
    private readonly PendingWaits _waits = new(view);

    /// <summary>Those that are under way.</summary>
    public int Waiting => _waits.Count;

    public IEnumerable<(SyncobjHandle Handle, Syncobj Syncobj)> Held => _table.Held;

    /// <summary>
    /// The reads, and the waits that need not wait: on any thread, as the table and what is in it are everybody's. Null for any other call.
    /// </summary>
    public object? Read(IIoctl call) => call is SyncobjWait or SyncobjTimelineWait or SyncobjQuery ? Answer((ISyncobjArrayCall)call, out _, out _) : null;

    /// <summary>False for a call about something else.</summary>
    public bool TryHandle(IIoctl call, IActorRef caller)
    {
        if (call is ISyncobjArrayCall array)
        {
            HandleArray(array, caller);
            return true;
        }

        object? reply = call switch
        {
            SyncobjCreate create => Create(create),
            SyncobjDestroy { Pad: 0 } destroy when _table.Remove(destroy.Handle) => Done.Ok,
            SyncobjDestroy => Reply<Done>.Failed(Errno.EINVAL),
            SyncobjHandleToFd export => Export(export),
            SyncobjFdToHandle import => Import(import),
            SyncobjEventfd wait => Count(wait),
            _ => null,
        };
        if (reply is not null)
            caller.Tell(reply, ActorRefs.NoSender);
        else if (call is SyncobjTransfer transfer)
            Transfer(transfer, caller);
        else
            return false;
        return true;
    }

    /// <summary>A transfer's fence is there.</summary>
    public void Finish(FinishTransfer transfer)
    {
        Put(transfer.Destination, transfer.Point, transfer.Fence ?? Signaled());
        transfer.Caller.Tell(Done.Ok, ActorRefs.NoSender);
    }

    /// <summary>Whoever made a call wants its answer no more.</summary>
    public void Abandon(IIoctl call) => _waits.Of(call)?.End(Errno.EINTR);

    /// <summary>The caller gives up. False where it does not wait here.</summary>
    public bool Interrupt(IActorRef caller)
    {
        if (_waits.Of(caller) is not { } wait)
            return false;
        wait.End(Errno.EINTR);
        return true;
    }

    public void EndWaits(Errno errno) => _waits.EndAll(errno);

    // What is a point already becomes a fence of its own at another: there are no chains of chains.
    private void Put(Syncobj syncobj, ulong point, Fence fence)
    {
        if (point == 0)
            syncobj.Replace(fence);
        else
            syncobj.Add(point, fence is ChainFence ? FenceArray.Merge([fence], view.Contexts) : fence);
    }

    private Fence Signaled() => StubFence.At(view.Clock.Now);

    private Reply<SyncobjCreated> Create(SyncobjCreate create)
    {
        if (SyncobjChecks.Check(create) is not Errno.None and var errno)
            return Reply<SyncobjCreated>.Failed(errno);
        var fence = create.Flags.HasFlag(SyncobjCreateFlags.Signaled) ? Signaled() : null;
        return Reply<SyncobjCreated>.Success(new SyncobjCreated(_table.Add(new Syncobj(view.Contexts, fence, view.Driver.Planted))));
    }

    private Reply<SyncobjExported> Export(SyncobjHandleToFd export)
    {
        var asFence = export.Flags.HasFlag(SyncobjExportFlags.ExportSyncFile);
        var errno = SyncobjChecks.Check(export);
        Syncobj? syncobj = null;
        if (errno == Errno.None && !_table.TryFind(export.Handle, out syncobj))
            errno = asFence ? Errno.ENOENT : Errno.EINVAL;
        var held = syncobj?.Fence;
        if (errno == Errno.None && asFence && !ChainFence.IsAvailable(held, export.PointAsked))
            errno = Errno.EINVAL;
        if (errno != Errno.None)
            return Reply<SyncobjExported>.Failed(errno);
        Description description = asFence
            ? new SyncFile(ChainFence.Find(held!, export.PointAsked) ?? Signaled(), view.Descriptors, view.Contexts)
            : new SyncobjFile(syncobj!);
        return Reply<SyncobjExported>.Success(new SyncobjExported(view.Descriptors.Add(description)));
    }

    private Reply<SyncobjCreated> Import(SyncobjFdToHandle import)
    {
        var errno = SyncobjChecks.Check(import);
        if (errno != Errno.None)
            return Reply<SyncobjCreated>.Failed(errno);
        var description = view.Descriptors.Find(import.Descriptor);
        if (import.Flags.HasFlag(SyncobjImportFlags.ImportSyncFile))
        {
            if (description is not SyncFile { Fence: var fence })
                return Reply<SyncobjCreated>.Failed(Errno.EINVAL);
            if (!_table.TryFind(import.Handle, out var syncobj))
                return Reply<SyncobjCreated>.Failed(Errno.ENOENT);
            Put(syncobj, import.PointAsked, fence);
            return Reply<SyncobjCreated>.Success(new SyncobjCreated(import.Handle));
        }

        return description is SyncobjFile { Syncobj: var shared }
            ? Reply<SyncobjCreated>.Success(new SyncobjCreated(_table.Add(shared)))
            : Reply<SyncobjCreated>.Failed(Errno.EINVAL);
    }

    private Reply<Done> Count(SyncobjEventfd wait)
    {
        var errno = SyncobjChecks.Check(wait);
        if (errno != Errno.None)
            return Reply<Done>.Failed(errno);
        if (!_table.TryFind(wait.Handle, out var syncobj))
            return Reply<Done>.Failed(Errno.ENOENT);
        if (view.Descriptors.Find(wait.Descriptor) is not { } description)
            return Reply<Done>.Failed(Errno.EBADF);
        if (description is not EventCounter counter)
            return Reply<Done>.Failed(Errno.EINVAL);
        EventfdWaiter.Start(syncobj, wait.Point, counter, wait.Flags.HasFlag(SyncobjWaitFlags.WaitAvailable));
        return Done.Ok;
    }

    private void Transfer(SyncobjTransfer transfer, IActorRef caller)
    {
        const long SubmitTimeout = 5_000_000_000;
        if (transfer.Pad != 0)
            caller.Tell(Reply<Done>.Failed(Errno.EINVAL), ActorRefs.NoSender);
        else if (!_table.TryFind(transfer.Destination, out var destination))
            caller.Tell(Reply<Done>.Failed(Errno.ENOENT), ActorRefs.NoSender);
        else if ((transfer.Flags & ~SyncobjWaitFlags.WaitForSubmit) != SyncobjWaitFlags.None)
            caller.Tell(Reply<Done>.Failed(Errno.EINVAL), ActorRefs.NoSender);
        else if (!_table.TryFind(transfer.Source, out var source))
            caller.Tell(Reply<Done>.Failed(Errno.ENOENT), ActorRefs.NoSender);
        else if (source.Fence is { } held && ChainFence.IsAvailable(held, transfer.SourcePoint))
            Finish(new FinishTransfer(caller, destination, transfer.DestinationPoint, ChainFence.Find(held, transfer.SourcePoint)));
        else if (!transfer.Flags.HasFlag(SyncobjWaitFlags.WaitForSubmit))
            caller.Tell(Reply<Done>.Failed(Errno.EINVAL), ActorRefs.NoSender);
        else
            Wait(caller, transfer, [(source, transfer.SourcePoint)], [null], all: false, available: true, view.Clock.Now + SubmitTimeout, end =>
            {
                if (end.Errno == Errno.None)
                    file.Tell(new FinishTransfer(caller, destination, transfer.DestinationPoint, end.Fence), ActorRefs.NoSender);
                else
                    caller.Tell(Reply<Done>.Failed(end.Errno), ActorRefs.NoSender);
            });
    }

    private void HandleArray(ISyncobjArrayCall call, IActorRef caller)
    {
        if (Answer(call, out var syncobjs, out var wait) is { } reply)
            caller.Tell(reply, ActorRefs.NoSender);
        else if (call is SyncobjWait or SyncobjTimelineWait)
            Begin(caller, call, wait);
        else
            caller.Tell(Change(call, syncobjs), ActorRefs.NoSender);
    }

    // What of it needs no change and no wait; null for a call that does.
    private object? Answer(ISyncobjArrayCall call, out ImmutableArray<Syncobj> syncobjs, out WaitToBegin wait)
    {
        (syncobjs, wait) = ([], default);
        var errno = SyncobjChecks.Check(call);
        if (errno == Errno.None && call.Count == 0)
            return Reply<SyncobjWaited>.Success(new SyncobjWaited(null));
        if (errno == Errno.None)
            errno = Find(call.Handles, out syncobjs);
        if (errno == Errno.None && Points(call) is { } read && read.Length < syncobjs.Length)
            errno = Errno.EFAULT;
        if (errno != Errno.None)
            return call.Fail(errno);
        return call switch
        {
            SyncobjWait w => Look(syncobjs, new([], w.Flags, w.Timeout, w.Deadline), out wait),
            SyncobjTimelineWait w => Look(syncobjs, new(w.Points, w.Flags, w.Timeout, w.Deadline), out wait),
            SyncobjQuery query => Reply<SyncobjPoints>.Success(new SyncobjPoints(ImmutableArray.CreateRange(
                syncobjs, s => ChainFence.PointOf(s.Fence, query.Flags.HasFlag(SyncobjQueryFlags.LastSubmitted))))),
            _ => null,
        };
    }

    private static ImmutableArray<ulong>? Points(ISyncobjArrayCall call) => call switch
    {
        SyncobjTimelineWait wait => wait.Points,
        SyncobjTimelineSignal signal => signal.Points,
        _ => null,
    };

    private Errno Find(ImmutableArray<SyncobjHandle> handles, out ImmutableArray<Syncobj> syncobjs)
    {
        syncobjs = [];
        var found = ImmutableArray.CreateBuilder<Syncobj>(handles.Length);
        foreach (var handle in handles)
        {
            if (!_table.TryFind(handle, out var syncobj))
                return Errno.ENOENT;
            found.Add(syncobj);
        }

        syncobjs = found.MoveToImmutable();
        return Errno.None;
    }

    private Reply<Done> Change(ISyncobjArrayCall call, ImmutableArray<Syncobj> syncobjs)
    {
        for (var i = 0; i < syncobjs.Length; i++)
            switch (call)
            {
                case SyncobjReset: syncobjs[i].Replace(null); break;
                case SyncobjSignal: syncobjs[i].Replace(Signaled()); break;
                case SyncobjTimelineSignal signal: syncobjs[i].Add(signal.Points[i], Signaled()); break;
            }

        return Done.Ok;
    }
}
