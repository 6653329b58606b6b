using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Time;

namespace DrmActors.Simulation.Worlds;

/// <summary>
/// A system of actors on one thread and in virtual time, where a schedule decides what runs next: everything that could happen in another order on
/// threads is a choice here, and the same choices give the same run. What code outside of actors awaits continues in the lane of its client.
/// </summary>
internal sealed class World
{
    private readonly Lock _lock = new();
    private readonly ReadyLanes _ready = new();
    private readonly Queue<Action> _whenQuiet = new();

    /// <summary>Moved on by the world alone.</summary>
    public VirtualClock Clock { get; } = new();

    /// <summary>Before anything runs.</summary>
    public ISchedule Schedule { get; set; } = FirstComes.Instance;

    /// <summary>Told of each message that is delivered, before its actor is; says what the actor gets.</summary>
    public Func<Lane, Envelope, Envelope>? OnDelivery { get; set; }

    /// <summary>Asked at each message to one of the host's actors whether that actor crashes over it; null for never.</summary>
    public Func<Lane, Envelope, bool>? CrashesAt { get; set; }

    /// <summary>Told of each step that was one of several, with the lane that ran; null where the time went on.</summary>
    public Action<Lane?>? OnChoice { get; set; }

    /// <summary>Messages delivered.</summary>
    public long Deliveries { get; private set; }

    /// <summary>Equal for two runs in which the same messages came to the same actors in the same order.</summary>
    public ulong TraceHash { get; private set; }

    public Lane LaneOf(string name) => new(name);

    /// <summary>Something to run in a lane, behind what is there. Any thread: the system's beginning and end are not the world's alone.</summary>
    public void Add(Lane lane, Action run)
    {
        lock (_lock)
        {
            lane.Add(run);
            if (lane.RunCount == 1)
                _ready.Add(lane);
        }
    }

    /// <summary>Runs something once, when nothing is ready: before the time goes on for want of anything else.</summary>
    public void WhenQuiet(Action run)
    {
        lock (_lock)
            _whenQuiet.Enqueue(run);
    }

    /// <summary>Runs a client's code in a lane of its own.</summary>
    public Task Start(string name, Func<Task> code)
    {
        var ended = new TaskCompletionSource();
        new ClientLane(this, name).Post(_ => EndAsync(code, ended), null);
        return ended.Task;

        static async void EndAsync(Func<Task> code, TaskCompletionSource ended)
        {
            try
            {
                await code();
                ended.SetResult();
            }
            catch (Exception e)
            {
                ended.SetException(e);
            }
        }
    }

    /// <summary>What the actor gets: the message, or its crash.</summary>
    public Envelope Deliver(Lane lane, in Envelope envelope)
    {
        Deliveries++;
        TraceHash = StableHash.Mix(StableHash.Mix(TraceHash, lane.Hash), StableHash.Of(envelope.Message.GetType()));
        var crashes = lane.IsOfHost && CrashesAt?.Invoke(lane, envelope) == true;
        var got = OnDelivery?.Invoke(lane, envelope) ?? envelope;
        return crashes ? new Envelope(new InjectedCrash(got.Message), got.Sender) : got;
    }

    /// <summary>Runs one thing, or moves the time on to the next alarm.</summary>
    /// <returns>False when nothing is ready and no alarm is set: the world is quiet.</returns>
    public bool Step()
    {
        var run = Choose(out var mayAdvance);
        if (run is not null)
            run();
        else if (mayAdvance)
            Clock.AdvanceToNext();
        else
            return false;
        return true;
    }

    private Action? Choose(out bool mayAdvance)
    {
        lock (_lock)
        {
            mayAdvance = Clock.NextDue is not null;
            if (_ready.Count == 0)
                return _whenQuiet.TryDequeue(out var quiet) ? quiet : null;
            var index = 0;
            if (_ready.Count > 1 || mayAdvance)
            {
                index = Schedule.Choose(_ready, mayAdvance);
                OnChoice?.Invoke(index == ISchedule.Time ? null : _ready[index]);
                if (index == ISchedule.Time)
                    return null;
            }

            var lane = _ready[index];
            var run = lane.Take();
            // A mailbox that goes on joins again by itself, and in between others may be chosen: so does a lane with more to run.
            if (lane.RunCount == 0)
                _ready.RemoveAt(index);
            return run;
        }
    }
}
