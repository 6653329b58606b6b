using Akka.Actor;
using DrmActors.Hardware.Display;
using DrmActors.Messages;

namespace DrmActors.Actors.Scanout;

/// <summary>Somebody who waits for a count: a blocked caller (with a deadline), or a file that wants an event.</summary>
/// <param name="File">The file that it is for.</param>
/// <param name="Caller">Whom to answer; null for an event.</param>
/// <param name="Deadline">In ns; when a blocked caller is refused instead.</param>
/// <param name="IsBehind">The count is too far behind to have passed, and will not come.</param>
/// <param name="IsSequence">The event is that of CRTC_QUEUE_SEQUENCE.</param>
/// <param name="IsNext">What was asked for had passed.</param>
internal sealed record VblankWaiter(
    ulong Target,
    IActorRef File,
    IActorRef? Caller,
    ulong UserData,
    long Deadline,
    bool IsBehind,
    bool IsSequence = false,
    bool IsNext = false)
{
    public VblankReply ReplyAt(ulong count, VblankTimeline timeline) => new((uint)count, timeline.TimeOf(count), IsNext);

    public DrmEvent EventOf(CrtcId crtc, ulong count, long time) =>
        IsSequence ? new CrtcSequenceEvent(UserData, count, time) : new VblankEvent(UserData, (uint)count, time, crtc);

    public long Due(VblankTimeline timeline) => Math.Min(Comes(timeline), Deadline);

    /// <summary>When the count comes, in ns.</summary>
    public long Comes(VblankTimeline timeline) => IsBehind ? long.MaxValue : timeline.TimeOf(Target);
}

/// <summary>Who waits for vblanks of a CRTC. Few at a time, so a list in the order of arrival is enough.</summary>
internal sealed class VblankWaiters
{
    private readonly List<VblankWaiter> _waiters = [];

    public IReadOnlyList<VblankWaiter> All => _waiters;

    public void Add(VblankWaiter waiter) => _waiters.Add(waiter);

    /// <summary>When the next of them is due, in ns; <see cref="long.MaxValue"/> for nobody.</summary>
    public long NextDue(VblankTimeline timeline)
    {
        var due = long.MaxValue;
        foreach (var waiter in _waiters)
            due = Math.Min(due, waiter.Due(timeline));
        return due;
    }

    /// <summary>Takes those that are due, earliest count first and else in the order of arrival.</summary>
    public IEnumerable<VblankWaiter> TakeDue(VblankTimeline timeline, long now)
    {
        if (_waiters.Count == 0)
            return [];
        var due = _waiters.Where(w => w.Due(timeline) <= now).OrderBy(w => w.Target).ToList();
        _waiters.RemoveAll(due.Contains);
        return due;
    }

    public IReadOnlyList<VblankWaiter> TakeAll(Predicate<VblankWaiter> which)
    {
        if (_waiters.Count == 0)
            return [];
        var taken = _waiters.FindAll(which);
        _waiters.RemoveAll(which);
        return taken;
    }
}
