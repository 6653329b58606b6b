namespace Akka.Actor;

public partial class ActorCell
{
    internal bool IsCurrentScheduler(ActorTaskScheduler scheduler) => !_terminated && ReferenceEquals(_extras?.TaskScheduler, scheduler);

    /// <summary>User messages wait until the handler is done; system messages do not.</summary>
    internal void BeginAsync()
    {
        _extras.Awaiting++;
        SuspendSelf();
    }

    internal void EndAsync(Exception cause)
    {
        _extras.Awaiting--;
        ResumeSelf();
        if (cause is not null)
            HandleInvokeFailure(cause);
        else
            _extras.ReceiveTimeouts?.Restart(this);
    }

    /// <summary>Forgets the current message, unless its handler awaits something or has failed with it.</summary>
    internal void EndMessage()
    {
        if (_extras is null || (_extras.Awaiting == 0 && _extras.Perpetrator is null))
            Forget();
    }

    /// <summary>The incarnation is over: what it awaits never comes back.</summary>
    private void AbandonAsync()
    {
        if (_extras is null)
            return;
        _extras.TaskScheduler = null;
        for (; _extras.Awaiting > 0; _extras.Awaiting--)
            ResumeSelf();
    }
}
