using Akka.Event;

namespace Akka.Actor;

/// <summary>The behaviour of an actor. One instance is one incarnation; the reference outlives it.</summary>
public abstract class ActorBase : IInternalActor
{
    /// <summary>
    /// Stands for "this actor's own <see cref="Receive(object)"/>", so that no delegate is made per actor.
    /// Called directly it finds the actor of the running cell.
    /// </summary>
    internal static readonly Receive OwnReceive = message => ActorCell.Active.Actor.Receive(message);

    private readonly ActorCell _cell;

    protected ActorBase() =>
        _cell = ActorCell.Current ?? throw new ActorInitializationException(
            $"You cannot create an instance of [{GetType()}] explicitly using the constructor (new). Use Context.ActorOf or System.ActorOf with Props.");

    protected static IActorContext Context => ActorCell.Active;

    IActorContext IInternalActor.ActorContext => Context;

    /// <summary>Takes every message and leaves it unhandled.</summary>
    protected static Receive EmptyReceive { get; } = static _ => false;

    /// <summary>Asked of the context while the instance is in office, so that it fails off the actor's own flow, as everything else does.</summary>
    protected IActorRef Self => ReferenceEquals(_cell.Actor, this) ? ActorCell.Active.Self : _cell.Self;

    protected IActorRef Sender => ActorCell.Active.Sender;

    /// <summary>The constructor has run.</summary>
    internal virtual void Incarnated()
    {
    }

    internal SupervisorStrategy ChooseStrategy() => SupervisorStrategy();

    internal bool Handle(Receive receive, object message) => AroundReceive(receive, message);

    protected virtual SupervisorStrategy SupervisorStrategy() => Actor.SupervisorStrategy.DefaultStrategy;

    protected abstract bool Receive(object message);

    /// <summary>Everything that the actor is given passes here. A message that is not handled ends in <see cref="Unhandled"/>.</summary>
    protected virtual bool AroundReceive(Receive receive, object message)
    {
        if (message is LoudTimerMessage or QuietTimerMessage)
        {
            message = TimerScheduler.Unwrap(this, (TimerMessage)message);
            if (message is null)
                return true;
        }
        var handled = ReferenceEquals(receive, OwnReceive) ? Receive(message) : receive(message);
        if (!handled)
            Unhandled(message);
        return handled;
    }

    protected virtual void Unhandled(object message)
    {
        if (message is Terminated terminated)
            throw new DeathPactException(terminated.ActorRef);
        Context.System.EventStream.Publish(new UnhandledMessage(message, Sender, Self));
    }

    protected void Become(Receive receive) => Context.Become(receive);

    protected void BecomeStacked(Receive receive) => Context.BecomeStacked(receive);

    protected void UnbecomeStacked() => Context.UnbecomeStacked();

    protected void SetReceiveTimeout(TimeSpan? timeout) => Context.SetReceiveTimeout(timeout);

    public virtual void AroundPreStart() => PreStart();

    public virtual void AroundPreRestart(Exception cause, object message)
    {
        (this as IWithTimers)?.Timers?.CancelAll();
        PreRestart(cause, message);
    }

    public virtual void AroundPostRestart(Exception cause, object message) => PostRestart(cause);

    public virtual void AroundPostStop()
    {
        (this as IWithTimers)?.Timers?.CancelAll();
        PostStop();
    }

    protected virtual void PreStart()
    {
    }

    /// <summary>Stops the children and runs <see cref="PostStop"/> of the instance that failed.</summary>
    protected virtual void PreRestart(Exception reason, object message)
    {
        ActorCell.Active.StopChildrenForRestart();
        PostStop();
    }

    protected virtual void PostRestart(Exception reason) => PreStart();

    protected virtual void PostStop()
    {
    }
}
