using Akka.Actor;

namespace DrmActors.Actors.Tests.BringUp;

/// <summary>A parent that passes on what its only child tells it. First of all it tells who the child is.</summary>
internal sealed class StubParent : UntypedActor
{
    private readonly IActorRef _reports;
    private readonly IActorRef _child;

    private StubParent(Props child, string name, IActorRef reports)
    {
        _reports = reports;
        _child = Context.ActorOf(child, name);
        reports.Tell(new Started(_child));
    }

    public static Props Props(Props child, string name, IActorRef reports) => ActorProps.Of(() => new StubParent(child, name, reports));

    protected override void OnReceive(object message) => _reports.Forward(message);

    protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.StoppingStrategy;

    public sealed record Started(IActorRef Child);
}
