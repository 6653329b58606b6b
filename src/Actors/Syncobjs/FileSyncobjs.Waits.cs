using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Actors.Fences;
using DrmActors.Messages;

namespace DrmActors.Actors.Syncobjs;

// What waits for fences, and for points that have none yet.
internal sealed partial class FileSyncobjs
{
    // What a wait finds when it begins: its answer, or null, and what it waits for.
    private Reply<SyncobjWaited>? Look(ImmutableArray<Syncobj> syncobjs, SyncobjWaitRules rules, out WaitToBegin wait)
    {
        var (points, flags) = (rules.Points, rules.Flags);
        var available = flags.HasFlag(SyncobjWaitFlags.WaitAvailable);
        var all = flags.HasFlag(SyncobjWaitFlags.WaitAll);
        var held = new Fence?[syncobjs.Length];
        var (first, come) = (-1, 0);
        wait = default;
        for (var i = 0; i < held.Length; i++)
        {
            var (fence, point) = (syncobjs[i].Fence, points.IsEmpty ? 0 : points[i]);
            if (!ChainFence.IsAvailable(fence, point))
            {
                if ((flags & (SyncobjWaitFlags.WaitForSubmit | SyncobjWaitFlags.WaitAvailable)) != SyncobjWaitFlags.None)
                    continue;
                return Reply<SyncobjWaited>.Failed(Errno.EINVAL);
            }

            held[i] = fence;
            if (!available && ChainFence.Find(fence!, point) is { IsSignaled: false })
                continue;

            first = first < 0 ? i : first;
            come++;
        }

        if (come == held.Length || (come > 0 && !all))
            return Waited(first);
        ImmutableArray<(Syncobj Syncobj, ulong Point)> awaited = [.. syncobjs.Select((s, i) => (s, points.IsEmpty ? 0 : points[i]))];
        if (flags.HasFlag(SyncobjWaitFlags.WaitDeadline))
            SetDeadlines(awaited, held, (long)rules.Deadline);
        wait = new WaitToBegin(awaited, held, all, available, rules.Timeout, first);
        return rules.Timeout <= view.Clock.Now ? Reply<SyncobjWaited>.Failed(Errno.ETIME) : null;
    }

    // Of a wait for all, only who had come when it began is told.
    private void Begin(IActorRef caller, IIoctl call, WaitToBegin wait) =>
        Wait(caller, call, wait.Points, wait.Held, wait.All, wait.Available, wait.Timeout, end => caller.Tell(
            end.Errno == Errno.None ? Waited(wait.All ? wait.First : end.First) : Reply<SyncobjWaited>.Failed(end.Errno), ActorRefs.NoSender));

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

    /// <param name="Points">Empty where the call knows of none.</param>
    private readonly record struct SyncobjWaitRules(ImmutableArray<ulong> Points, SyncobjWaitFlags Flags, long Timeout, ulong Deadline);

    /// <param name="Held">What each syncobj held, where the point was in it.</param>
    private readonly record struct WaitToBegin(
        ImmutableArray<(Syncobj Syncobj, ulong Point)> Points, Fence?[] Held, bool All, bool Available, long Timeout, int First);
}
