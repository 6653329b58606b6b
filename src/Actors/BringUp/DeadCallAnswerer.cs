using Akka.Actor;
using Akka.Event;
using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.BringUp;

/// <summary>
/// Answers for the dead (/user/dead-calls): a call that reaches nobody is answered with ENODEV, and so is one whose answer reaches nobody
/// that could have passed it on. No caller is left waiting. What a lost answer has made is closed, as nobody knows its number. Whoever makes it
/// subscribes it to the dead letters.
/// </summary>
internal sealed class DeadCallAnswerer : DrmActor
{
    private readonly DescriptorTable _descriptors;

    private DeadCallAnswerer(DescriptorTable descriptors) => _descriptors = descriptors;

    public const string Name = "dead-calls";

    public static Props Props(DescriptorTable descriptors) => ActorProps.Of(() => new DeadCallAnswerer(descriptors));

    protected override void OnReceive(object message)
    {
        if (message is not DeadLetter dead)
            Unhandled(message);
        else if (CallAnswers.InPlaceOf(dead.Message, dead.Sender, Errno.ENODEV) is ({ } waiting, { } answer))
            waiting.Tell(answer, ActorRefs.NoSender);
        else if (dead.Message is IReply { Value: IMakesDescriptors lost })
            foreach (var made in lost.Made)
                _descriptors.Close(made.Descriptor);
    }
}
