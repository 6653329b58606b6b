namespace Akka.Actor;

/// <summary>A cell's receive timeout: started anew after each message that counts.</summary>
internal sealed class ReceiveTimeouts
{
    private ICancelable _pending;

    public TimeSpan? Duration { get; private set; }

    public void Set(ActorCell cell, TimeSpan? duration)
    {
        Duration = duration;
        Restart(cell);
    }

    public void Restart(ActorCell cell)
    {
        _pending?.Cancel();
        _pending = Duration is { } duration
            ? cell.System.Scheduler.ScheduleTellOnceCancelable(duration, cell.Self, ReceiveTimeout.Instance, cell.Self)
            : null;
    }
}

public partial class ActorCell
{
    public TimeSpan? ReceiveTimeout => _extras?.ReceiveTimeouts?.Duration;

    public void SetReceiveTimeout(TimeSpan? timeout = null)
    {
        if (timeout is null && _extras?.ReceiveTimeouts is null)
            return;
        (More.ReceiveTimeouts ??= new ReceiveTimeouts()).Set(this, timeout);
    }
}
