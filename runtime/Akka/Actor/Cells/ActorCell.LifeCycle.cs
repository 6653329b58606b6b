using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

public partial class ActorCell
{
    /// <summary>Stopping: its children are going, or it is gone.</summary>
    internal bool IsTerminating => _terminated || _children?.Reason == SuspendReason.Termination;

    internal bool IsWaitingForChildren => _children?.Reason is SuspendReason.Creation or SuspendReason.Recreation;

    private void Incarnate()
    {
        _incarnated = true;
        try
        {
            Create();
        }
        catch (Exception e)
        {
            HandleInvokeFailure(e);
        }
    }

    private void Create()
    {
        try
        {
            _actor = NewActor();
            _actor.AroundPreStart();
            _extras?.ReceiveTimeouts?.Restart(this);
        }
        catch (Exception e)
        {
            ClearActor();
            throw new ActorInitializationException(Ref, $"Exception during creation: {e.GetBaseException().Message}", e);
        }
    }

    private ActorBase NewActor()
    {
        _behavior = null;
        _extras?.OuterBehaviors = null;
        var actor = _props.NewActor() ?? throw new ActorInitializationException(Ref, "Actor instance passed to ActorOf can't be 'null'");
        actor.Incarnated();
        if (actor is IActorStash stashing)
            stashing.Stash = More.Stash = new MessageStash(this, _props.StashCapacity);
        if (actor is IWithTimers timing)
            timing.Timers = new TimerScheduler(this);
        return actor;
    }

    /// <summary>Takes the instance out of office; what it had stashed goes back to the front of the mailbox.</summary>
    private void ClearActor()
    {
        if (_actor is not { } actor)
            return;
        _extras?.Stash?.UnstashAll();
        AbandonAsync();
        _actor = null;
        try
        {
            (actor as IDisposable)?.Dispose();
            _props.Release(actor);
        }
        catch (Exception e)
        {
            Report(e, $"An error occurred while releasing {actor.GetType()}: {e.Message}");
        }
    }

    internal void Terminate()
    {
        _extras?.ReceiveTimeouts?.Set(this, null);
        UnwatchAll();
        var wasTerminating = IsTerminating;
        if (_children is not null && _children.StopAll(this, SuspendReason.Termination))
        {
            if (!wasTerminating)
            {
                // No user message, and no failure to the parent, while the children go.
                SuspendSelf();
                More.Perpetrator = Ref;
            }
            return;
        }
        FinishTerminate();
    }

    private void FinishTerminate()
    {
        try
        {
            _actor?.AroundPostStop();
        }
        catch (Exception e)
        {
            Report(e, e.Message);
        }
        ClearActor();
        Forget();
        Volatile.Write(ref _terminated, true);
        CloseMailbox();
        _parent.SendSystemMessage(new DeathWatchNotification(Ref, existenceConfirmed: true));
        TellWatchers();
        UnwatchAll();
        Detach();
        _behavior = null;
        _extras = null;
        _children?.Clear();
    }

    /// <summary>Tells a dispatcher that counts.</summary>
    private protected virtual void Detach()
    {
    }

    private void Report(Exception cause, string message) =>
        _system.EventStream.Publish(new Error(cause, Ref.Path.ToString(), _actor?.GetType() ?? GetType(), message));
}
