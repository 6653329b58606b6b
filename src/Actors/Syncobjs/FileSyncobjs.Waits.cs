using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Device;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Syncobjs;

// What waits for fences, and for points that have none yet.
internal sealed partial class FileSyncobjs
{
    private void Wait(
        IActorRef caller,
        IIoctl call,
        ImmutableArray<Syncobj> syncobjs,
        ImmutableArray<ulong> points,
        SyncobjWaitFlags flags,
        long timeout,
        ulong deadline)
    {
        var available = flags.HasFlag(SyncobjWaitFlags.WaitAvailable);
        var all = flags.HasFlag(SyncobjWaitFlags.WaitAll);
        var held = new Fence?[syncobjs.Length];
        var (first, come) = (-1, 0);
        for (var i = 0; i < held.Length; i++)
        {
            var (fence, point) = (syncobjs[i].Fence, points.IsEmpty ? 0 : points[i]);
            if (!ChainFence.IsAvailable(fence, point))
            {
                if ((flags & (SyncobjWaitFlags.WaitForSubmit | SyncobjWaitFlags.WaitAvailable)) != SyncobjWaitFlags.None)
                    continue;
                caller.Tell(Reply<SyncobjWaited>.Failed(Errno.EINVAL), ActorRefs.NoSender);
                return;
            }

            held[i] = fence;
            if (!available && ChainFence.Find(fence!, point) is { IsSignaled: false })
                continue;

            first = first < 0 ? i : first;
            come++;
        }

        if (come == held.Length || (come > 0 && !all))
        {
            caller.Tell(Waited(first), ActorRefs.NoSender);
            return;
        }

        ImmutableArray<(Syncobj Syncobj, ulong Point)> awaited = [.. syncobjs.Select((s, i) => (s, points.IsEmpty ? 0 : points[i]))];
        if (flags.HasFlag(SyncobjWaitFlags.WaitDeadline))
            SetDeadlines(awaited, held, (long)deadline);
        if (timeout <= view.Clock.Now)
            caller.Tell(Reply<SyncobjWaited>.Failed(Errno.ETIME), ActorRefs.NoSender);
        else
            Wait(caller, call, awaited, held, all, available, timeout, first);
    }

    // Of a wait for all, only who had come when it began is told.
    private void Wait(
        IActorRef caller,
        IIoctl call,
        ImmutableArray<(Syncobj Syncobj, ulong Point)> points,
        ReadOnlySpan<Fence?> held,
        bool all,
        bool available,
        long timeout,
        int first) =>
        Wait(caller, call, points, held, all, available, timeout, end => caller.Tell(
            end.Errno == Errno.None ? Waited(all ? first : end.First) : Reply<SyncobjWaited>.Failed(end.Errno), ActorRefs.NoSender));

    // Also where nobody waits for it then: it is asked for all the same.
    private static void SetDeadlines(ImmutableArray<(Syncobj Syncobj, ulong Point)> points, ReadOnlySpan<Fence?> held, long deadline)
    {
        for (var i = 0; i < held.Length; i++)
            if (held[i] is { } fence)
                ChainFence.Find(fence, points[i].Point)?.SetDeadline(deadline);
    }

    private void Wait(
        IActorRef caller,
        IIoctl call,
        ImmutableArray<(Syncobj Syncobj, ulong Point)> points,
        ReadOnlySpan<Fence?> held,
        bool all,
        bool available,
        long timeout,
        Action<WaitEnd> answer) =>
        _waits.Add(PendingWait.Start(caller, call, points, held, all, available, view.Clock, timeout, (wait, end) =>
        {
            _waits.Remove(wait);
            answer(end);
        }));

    // -1 for none, which is all ones to the client.
    private static Reply<SyncobjWaited> Waited(int first) => Reply<SyncobjWaited>.Success(new SyncobjWaited((uint)first));
}
