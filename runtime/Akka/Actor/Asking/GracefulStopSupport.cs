using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

public static class GracefulStopSupport
{
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) => target.GracefulStop(timeout, PoisonPill.Instance);

    /// <summary>True when the target has stopped; the task is cancelled if it has not within the time.</summary>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var watcher = new StopWatcher();
        var actor = (IInternalActorRef)target;
        actor.SendSystemMessage(new Watch(actor, watcher));
        target.Tell(stopMessage, ActorRefs.NoSender);
        try
        {
            return await watcher.Stopped.Task.WaitAsync(timeout).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            actor.SendSystemMessage(new Unwatch(watcher));
            throw new TaskCanceledException($"{target} did not stop within {timeout}.", e);
        }
    }

    private sealed class StopWatcher : MinimalActorRef
    {
        public TaskCompletionSource<bool> Stopped { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override ActorPath Path { get; } = ActorRefs.Nobody.Path / "graceful-stop";

        internal override void System(ISystemMessage message)
        {
            if (message is DeathWatchNotification)
                Stopped.TrySetResult(true);
        }

        public override bool Equals(object obj) => ReferenceEquals(this, obj);

        public override int GetHashCode() => global::System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }
}
