using Akka.Actor;
using Akka.Event;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Scanout;

// What is made to go wrong with this display controller.
internal sealed partial class VopActor
{
    // The kernel gives a commit up that has not come to the screen after ten seconds.
    private const long FlipLimit = 10_000_000_000;

    private (Latch Commit, IActorRef Device, long Until)? _stuck;
    private int _holds;
    private long _late;

    private bool OnFault(object message)
    {
        switch (message)
        {
            case HoldFlips hold:
                _holds += hold.Count;
                break;
            case DelayVblank delay:
                _late = delay.Late;
                break;
            default:
                return false;
        }

        Sender.Tell(Done.Ok);
        return true;
    }

    private bool Hold(Latch latch, IActorRef device)
    {
        if (_holds == 0)
            return false;
        _holds--;
        _stuck = (latch, device, _clock.Now + FlipLimit);
        return true;
    }

    // Nobody hears of it: its event never comes, and its CRTC takes the next commit.
    private void GiveUpStuck(long now)
    {
        if (_stuck is not { } stuck || stuck.Until > now)
            return;
        _stuck = null;
        _log.Warning("{0}: flip_done timed out", _vop.Name);
        Complete(stuck.Commit with { Event = null }, stuck.Device, Count, now);
    }
}
