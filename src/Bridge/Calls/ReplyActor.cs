using Akka.Actor;
using DrmActors.Actors;

namespace DrmActors.Bridge.Calls;

/// <summary>Takes one answer, and ends.</summary>
internal sealed class ReplyActor : DrmActor
{
    private readonly Action<object> _answer;

    private ReplyActor(Action<object> answer) => _answer = answer;

    public static Props Props(Action<object> answer) => ActorProps.Of(() => new ReplyActor(answer));

    protected override void OnReceive(object message)
    {
        Context.Stop(Self);
        _answer(message);
    }
}
