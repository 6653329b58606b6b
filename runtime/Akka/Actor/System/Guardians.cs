using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Props of an actor that others give children to.</summary>
internal sealed class GuardianProps : Props
{
    private readonly SupervisorStrategy _strategy;

    private GuardianProps(SupervisorStrategy strategy) => _strategy = strategy;

    public static GuardianProps For(SupervisorStrategy strategy) => new(strategy);

    public override ActorBase NewActor() => new GuardianActor(_strategy);
}

internal sealed record StopChild(IActorRef Child);

/// <summary>Ends with another actor.</summary>
internal sealed record Follow(IActorRef Leader);

internal sealed class GuardianActor(SupervisorStrategy strategy) : UntypedActor
{
    protected override SupervisorStrategy SupervisorStrategy() => strategy;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case StopChild stop:
                Context.Stop(stop.Child);
                break;
            case Follow follow:
                Context.Watch(follow.Leader);
                break;
            case Terminated:
                Context.Stop(Self);
                break;
            default:
                ((ActorSystemImpl)Context.System).DeadLetterRef.Undelivered(message, Sender, Self);
                break;
        }
    }
}

/// <summary>The root guardian's parent: its end is the system's.</summary>
internal sealed class RootParent(ActorSystemImpl system, ActorPath path) : MinimalActorRef
{
    public override ActorPath Path => path;

    internal override void System(ISystemMessage message)
    {
        switch (message)
        {
            case DeathWatchNotification:
                system.Ended();
                break;
            case Failed:
                ((IInternalActorRef)system.Root).Stop();
                break;
        }
    }
}

/// <summary>Swallows messages.</summary>
internal sealed class IgnoringRef(ActorPath path) : MinimalActorRef
{
    public override ActorPath Path => path;
}
