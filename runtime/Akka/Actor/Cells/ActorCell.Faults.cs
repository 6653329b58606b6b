using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

public partial class ActorCell
{
    private bool IsFailed => _extras?.Perpetrator is not null;

    private void ClearFailed() => _extras?.Perpetrator = null;

    /// <summary>Stops taking user messages, here and below, and asks the parent what to do.</summary>
    private void HandleInvokeFailure(Exception cause, IActorRef perpetrator = null)
    {
        if (IsFailed)
            return;
        SuspendSelf();
        More.Perpetrator = perpetrator ?? Ref;
        _children?.ForEach(child =>
        {
            if (!ReferenceEquals(child, perpetrator))
                child.PostSystem(new Suspend());
        });
        _parent.SendSystemMessage(new Failed(Ref, cause));
    }

    internal void HandleFailed(LocalActor child, Exception cause)
    {
        if (!child.Listed || !ReferenceEquals(child.ParentRef, this))
            return;
        try
        {
            More.SystemSender = child;
            if (!Strategy.HandleFailure(this, child, cause, _children.StatsOf(child), _children.Stats()))
                HandleInvokeFailure(cause, child);
        }
        catch (Exception e)
        {
            HandleInvokeFailure(e, child);
        }
        finally
        {
            _extras?.SystemSender = null;
        }
    }

    private SupervisorStrategy Strategy => _props.SupervisorStrategy ?? _actor?.ChooseStrategy() ?? SupervisorStrategy.DefaultStrategy;

    internal void FaultSuspend()
    {
        SuspendSelf();
        _children?.ForEach(static child => child.PostSystem(new Suspend()));
    }

    internal void FaultResume(Exception causedByFailure)
    {
        if (_actor is null)
        {
            FaultCreate();
            return;
        }
        var perpetrator = _extras?.Perpetrator;
        ResumeSelf();
        if (causedByFailure is not null)
            ClearFailed();
        EndMessage();
        _children?.ForEach(child => child.PostSystem(new Resume(ReferenceEquals(child, perpetrator) ? causedByFailure : null)));
    }

    internal void FaultRecreate(Exception cause)
    {
        if (_actor is not { } failed)
        {
            FaultCreate();
            return;
        }
        if (IsTerminating)
        {
            FaultResume(null);
            return;
        }
        var message = Handled?.Message;
        try
        {
            failed.AroundPreRestart(cause, message);
        }
        catch (Exception e)
        {
            var ex = new PreRestartException(Ref, e, cause, message);
            Report(ex, e.Message);
        }
        ClearActor();
        Forget();
        if (_children is null || !_children.WaitForDying(SuspendReason.Recreation, cause))
            FinishRecreate(cause);
    }

    /// <summary>There was no instance yet: start from the beginning.</summary>
    private void FaultCreate()
    {
        if (_children is null || !_children.StopAll(this, SuspendReason.Creation))
            FinishCreate();
    }

    private void FinishCreate()
    {
        ResumeSelf();
        ClearFailed();
        Forget();
        try
        {
            Create();
        }
        catch (Exception e)
        {
            HandleInvokeFailure(e);
        }
    }

    private void FinishRecreate(Exception cause)
    {
        // The new instance's own children are not survivors.
        var survivors = _children?.Snapshot() ?? [];
        try
        {
            ResumeSelf();
            ClearFailed();
            _actor = NewActor();
            _actor.AroundPostRestart(cause, null);
            _extras?.ReceiveTimeouts?.Restart(this);
        }
        catch (Exception e)
        {
            ClearActor();
            HandleInvokeFailure(new PostRestartException(Ref, e, cause));
            return;
        }
        foreach (var child in survivors)
            child.PostSystem(new Recreate(cause));
    }

    private void HandleChildTerminated(LocalActor child)
    {
        var reason = _children.Remove(child, out var cause);
        try
        {
            if (_actor is not null)
                Strategy.HandleChildTerminated(this, child, _children.Lazily());
        }
        catch (Exception e)
        {
            HandleInvokeFailure(e);
        }
        switch (reason)
        {
            case SuspendReason.Termination:
                FinishTerminate();
                break;
            case SuspendReason.Recreation:
                FinishRecreate(cause);
                break;
            case SuspendReason.Creation:
                FinishCreate();
                break;
        }
    }
}
