using Akka.Actor;
using DrmActors.Hardware.Time;

namespace DrmActors.Actors.Scanout;

/// <summary>The vblank interrupt has fired.</summary>
/// <param name="Number">Which arming of the alarm it belongs to.</param>
internal sealed record VblankDue(long Number);

/// <summary>The vblank interrupt of a CRTC: at most one alarm at a time, told to the VOP through its mailbox.</summary>
internal sealed class VblankAlarm(AlarmClock clock, IActorRef vop) : IAlarmSink
{
    public const long Never = long.MaxValue;

    private Alarm? _alarm;
    private long _number;

    /// <summary>Rings at a time (ns), and not at the one that was set before.</summary>
    public void Set(long due)
    {
        if ((_alarm?.Due ?? Never) == due)
            return;
        Cancel();
        if (due != Never)
            _alarm = clock.SetAlarm(due, this, ++_number);
    }

    /// <summary>Whether it has fired, or is to at this moment (ns), and has not been heard of.</summary>
    public bool IsOverdue(long now) => _alarm is { } alarm && alarm.Due <= now;

    public void Cancel()
    {
        _alarm?.Cancel();
        _alarm = null;
    }

    /// <summary>Whether this is the alarm that was set last, and not one that rang while it was being cancelled.</summary>
    public bool HasRung(VblankDue due)
    {
        if (_alarm is null || due.Number != _number)
            return false;
        _alarm = null;
        return true;
    }

    void IAlarmSink.Ring(long due, long cookie) => vop.Tell(new VblankDue(cookie), ActorRefs.NoSender);
}
