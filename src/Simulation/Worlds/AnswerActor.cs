using Akka.Actor;
using DrmActors.Actors;

namespace DrmActors.Simulation.Worlds;

/// <summary>Who asks for a client: one question at a time, whose answer continues the client in its lane.</summary>
internal sealed class AnswerActor : DrmActor
{
    private readonly Action<object> _answered;

    private AnswerActor(Action<object> answered) => _answered = answered;

    public static Props Props(Action<object> answered) => ActorProps.Of(() => new AnswerActor(answered));

    protected override void OnReceive(object message) => _answered(message);
}
