using Akka.Actor;
using DrmActors.Hardware.Time;

namespace DrmActors.Actors;

/// <summary>
/// Lets a virtual clock run free (/user/time): time stands still while everybody works, and then goes on to what is due next. Who works cannot be known,
/// but whoever was woken sets an alarm again as a rule. So those who rang are waited for: all CRTCs that had one vblank get their next frame in before
/// the next. Patience with them is a message that goes round behind everybody else's, some times and no more; who has set no alarm by then
/// is waited for again only when it has. So clients that leave the time alone never wait for it, and one that stops using it does not stop it. A timer
/// that sets itself again keeps the pump busy for as long as it does. Before it leaps to what is due more than a second later, everybody has some
/// milliseconds to bring what is waited for.
/// <code>still --an alarm is set--> waiting for those who rang --all have set one, or patience is over--> ringing --> still, or waiting</code>
/// </summary>
internal sealed class TimePump : DrmActor
{
    // Some calls of a client, with what they set off.
    private const int Patience = 50;

    // A frame is never as long: what is due then is somebody's time-out, which is for what does not come, and not for what comes a little later
    // because a thread has to wait for its turn.
    private const long Leap = 1_000_000_000;
    private const int PatienceBeforeLeap = 20_000;

    private readonly VirtualClock _clock;
    private readonly IActorRef _around = Context.ActorOf(ActorProps.Of(static () => new Around()), "around");
    private bool _isWaiting;
    private int _rounds;

    private TimePump(VirtualClock clock) => _clock = clock;

    public static Props Props(VirtualClock clock) => ActorProps.Of(() => new TimePump(clock));

    protected override void PreStart()
    {
        var self = Self;
        _clock.Armed = () => self.Tell(AlarmSet.Instance, ActorRefs.NoSender);
        Go();
    }

    protected override void PostStop() => _clock.Armed = null;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AlarmSet:
                _rounds = 0;
                Go();
                break;
            case Round:
                _isWaiting = false;
                if (++_rounds == Patience)
                    _clock.AwaitNobody();
                Go();
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Go()
    {
        if (_clock.Awaited == 0 && (_rounds >= PatienceBeforeLeap || _clock.NextDue - _clock.Now < Leap) && _clock.AdvanceToNext())
            _rounds = 0;
        if (_isWaiting || _clock.NextDue is null)
            return;
        _isWaiting = true;
        _around.Tell(Round.Instance);
    }

    private sealed record AlarmSet
    {
        public static readonly AlarmSet Instance = new();
    }

    private sealed record Round
    {
        public static readonly Round Instance = new();
    }

    private sealed class Around : DrmActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }
}
