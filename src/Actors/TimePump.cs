using Akka.Actor;
using DrmActors.Hardware.Time;

namespace DrmActors.Actors;

/// <summary>
/// Lets a virtual clock run free (/user/time): each alarm that is set is one step, and each step rings what is due next. So time stands still
/// while everybody works, and what was set rings at once, in the order of its due time. A step whose alarm was cancelled rings the next
/// one or none. Clients that leave the time alone never wait for it; a timer that sets itself again keeps the pump busy for as long as it does.
/// </summary>
internal sealed class TimePump : DrmActor
{
    private readonly VirtualClock _clock;

    private TimePump(VirtualClock clock) => _clock = clock;

    public static Props Props(VirtualClock clock) => ActorProps.Of(() => new TimePump(clock));

    protected override void PreStart()
    {
        var self = Self;
        _clock.Armed = () => self.Tell(Step.Instance, ActorRefs.NoSender);
        self.Tell(CatchUp.Instance);
    }

    protected override void PostStop() => _clock.Armed = null;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Step:
                _clock.AdvanceToNext();
                break;
            case CatchUp:
                if (_clock.AdvanceToNext())
                    Self.Tell(message);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private sealed record Step
    {
        public static readonly Step Instance = new();
    }

    /// <summary>The alarms that were set before the pump was there, one after the other.</summary>
    private sealed record CatchUp
    {
        public static readonly CatchUp Instance = new();
    }
}
