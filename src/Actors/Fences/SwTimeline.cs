using Akka.Actor;
using DrmActors.Actors.Descriptors;
using DrmActors.Hardware.Time;
using DrmActors.Messages;

namespace DrmActors.Actors.Fences;

/// <summary>
/// A timeline that is moved on by hand: an open of /sys/kernel/debug/sync/sw_sync. It begins at 0. Its points are 32 bits wide and go round, so what is
/// less than half the way round ahead is yet to come. When it is closed, what has not come never will: those fences end with ENOENT.
/// </summary>
/// <param name="name">As sync files tell it; of a program that opens one, its own.</param>
/// <param name="descriptors">Where its sync files go.</param>
/// <param name="contexts">Of the host.</param>
internal sealed class SwTimeline(string name, DescriptorTable descriptors, FenceContexts contexts, AlarmClock clock) : Description
{
    private const int SweepFirstAt = 64;

    private readonly Lock _lock = new();
    private readonly ulong _context = contexts.Next();

    // By points that do not go round. Held by whoever has their sync files, or waits for them: what nobody has, nobody hears of.
    private readonly SortedDictionary<long, WeakReference<SwFence>> _pending = [];
    private long _value;
    private int _sweepAt = SweepFirstAt;

    public string Name => name;

    public ulong Context => _context;

    /// <summary>The last point that has come.</summary>
    public uint Value
    {
        get
        {
            lock (_lock)
                return (uint)_value;
        }
    }

    /// <summary>What has yet to come, and somebody has, in its order.</summary>
    public IReadOnlyList<SwFence> Pending
    {
        get
        {
            lock (_lock)
                return [.. _pending.Values.Select(p => p.TryGetTarget(out var fence) ? fence : null).OfType<SwFence>()];
        }
    }

    public override void Take(IIoctl call, IActorRef caller) => caller.Tell(Answer(call), ActorRefs.NoSender);

    protected override void Released()
    {
        lock (_lock)
            SignalUntil(long.MaxValue, Errno.ENOENT);
    }

    private object Answer(IIoctl call) => call switch
    {
        SwSyncCreateFence create => Create(create.Value),
        SwSyncInc inc => Advance(inc.By),
        SwSyncGetDeadline get => DeadlineOf(get),
        _ => call.Fail(Errno.ENOTTY),
    };

    private Reply<SwSyncFence> Create(uint value) =>
        Reply<SwSyncFence>.Success(new SwSyncFence(descriptors.Add(new SyncFile(FenceAt(value), descriptors, contexts))));

    private SwFence FenceAt(uint value)
    {
        lock (_lock)
        {
            var ahead = (int)(value - (uint)_value);
            // Two of one point are one.
            if (ahead > 0 && _pending.TryGetValue(_value + ahead, out var known) && known.TryGetTarget(out var same))
                return same;
            var fence = new SwFence(this, _context, value);
            if (ahead > 0)
                Add(_value + ahead, fence);
            else
                fence.Signal(clock.Now);
            return fence;
        }
    }

    private void Add(long point, SwFence fence)
    {
        _pending[point] = new WeakReference<SwFence>(fence);
        if (_pending.Count < _sweepAt)
            return;
        foreach (var (gone, _) in _pending.Where(p => !p.Value.TryGetTarget(out _)).ToList())
            _pending.Remove(gone);
        _sweepAt = Math.Max(SweepFirstAt, 2 * _pending.Count);
    }

    private Reply<Done> Advance(uint by)
    {
        lock (_lock)
        {
            _value += by;
            SignalUntil(_value, Errno.None);
        }

        return Done.Ok;
    }

    // Under the lock, so that those of two threads come in their order too: whoever is called tells, and waits for nothing.
    private void SignalUntil(long point, Errno errno)
    {
        while (_pending.Count > 0 && _pending.First() is var (next, fence) && next <= point)
        {
            _pending.Remove(next);
            if (fence.TryGetTarget(out var passed))
                passed.Signal(clock.Now, errno);
        }
    }

    private Reply<SwSyncDeadline> DeadlineOf(SwSyncGetDeadline get)
    {
        if (get.Deadline != 0 || get.Pad != 0 || SyncFile.Find(descriptors, get.Fence, out var found) != Errno.None || found is not SwFence fence)
            return Reply<SwSyncDeadline>.Failed(Errno.EINVAL);
        return fence.Deadline is { } deadline
            ? Reply<SwSyncDeadline>.Success(new SwSyncDeadline((ulong)deadline))
            : Reply<SwSyncDeadline>.Failed(Errno.ENOENT);
    }
}
