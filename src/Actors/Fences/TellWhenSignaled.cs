using Akka.Actor;

namespace DrmActors.Actors.Fences;

/// <summary>A waiter who tells an actor.</summary>
internal sealed class TellWhenSignaled(IActorRef actor, object message) : IFenceWaiter
{
    public void Signaled(Fence fence) => actor.Tell(message, ActorRefs.NoSender);
}
