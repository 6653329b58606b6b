using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.Dispatch.SysMsg;

internal sealed class Terminate : SystemMessage
{
    internal override void Invoke(ActorCell cell) => cell.Terminate();
}

/// <summary>A child failed and waits for its parent's decision.</summary>
internal sealed class Failed(LocalActor child, Exception cause) : SystemMessage
{
    internal override bool MustWait(ActorCell cell) => cell.IsSuspended;

    internal override void Invoke(ActorCell cell) => cell.HandleFailed(child, cause);
}

internal sealed class Recreate(Exception cause) : SystemMessage
{
    internal override bool MustWait(ActorCell cell) => cell.IsWaitingForChildren;

    internal override void Invoke(ActorCell cell) => cell.FaultRecreate(cause);
}

internal sealed class Suspend : SystemMessage
{
    internal override bool MustWait(ActorCell cell) => cell.IsWaitingForChildren;

    internal override void Invoke(ActorCell cell) => cell.FaultSuspend();
}

internal sealed class Resume(Exception causedByFailure) : SystemMessage
{
    internal override bool MustWait(ActorCell cell) => cell.IsWaitingForChildren;

    internal override void Invoke(ActorCell cell) => cell.FaultResume(causedByFailure);
}

internal sealed class Watch(IInternalActorRef watchee, IActorRef watcher) : SystemMessage
{
    internal override void Invoke(ActorCell cell) => cell.AddWatcher(watcher);

    internal override void Undeliverable(IInternalActorRef receiver, ActorSystemImpl system)
    {
        if (!watcher.Equals(receiver))
            ((IInternalActorRef)watcher).SendSystemMessage(new DeathWatchNotification(watchee, existenceConfirmed: receiver is LocalActor));
    }
}

internal sealed class Unwatch(IActorRef watcher) : SystemMessage
{
    internal override void Invoke(ActorCell cell) => cell.RemoveWatcher(watcher);
}

internal sealed class DeathWatchNotification(IActorRef actor, bool existenceConfirmed) : SystemMessage
{
    public IActorRef Actor => actor;

    internal override void Invoke(ActorCell cell) => cell.WatchedActorTerminated(actor, existenceConfirmed);
}

/// <summary>The next piece of an asynchronous handler.</summary>
internal sealed class TaskContinuation(ActorTaskScheduler scheduler, Task task) : SystemMessage
{
    internal override void Invoke(ActorCell cell) => scheduler.Continue(cell, task);
}
