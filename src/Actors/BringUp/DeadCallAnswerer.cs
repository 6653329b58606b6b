using Akka.Actor;
using Akka.Event;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.BringUp;

/// <summary>
/// Answers for the dead (/user/dead-calls): a call that reaches nobody is answered with ENODEV, and so is one whose answer reaches nobody
/// that could have passed it on. No caller is left waiting. Whoever makes it subscribes it to the dead letters.
/// </summary>
internal sealed class DeadCallAnswerer : DrmActor
{
    public const string Name = "dead-calls";

    public static Props Props() => ActorProps.Of(() => new DeadCallAnswerer());

    protected override void OnReceive(object message)
    {
        if (message is not DeadLetter dead)
            Unhandled(message);
        else if (CallAnswers.InPlaceOf(dead.Message, dead.Sender, Errno.ENODEV) is ({ } waiting, { } answer))
            waiting.Tell(answer, ActorRefs.NoSender);
    }
}
