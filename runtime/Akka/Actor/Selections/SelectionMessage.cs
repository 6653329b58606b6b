using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>A message on its way through the tree: the steps are taken on the sender's thread.</summary>
internal sealed class SelectionMessage(object message, SelectionPathElement[] elements) : IAutoReceivedMessage, IWrappedMessage
{
    public object Message => message;

    public void Deliver(IActorRef anchor, IActorRef sender) => Step(anchor, 0, sender);

    private void Step(IActorRef at, int index, IActorRef sender)
    {
        if (index == elements.Length)
        {
            at.Tell(message, sender);
            return;
        }
        switch (elements[index])
        {
            case SelectParent:
                Step(((IInternalActorRef)at).Parent, index + 1, sender);
                break;
            case SelectChildName step:
                if (Paths.ChildOf(at, step.Name) is { } child)
                    Step(child, index + 1, sender);
                else
                    Lost(at, index, sender);
                break;
            case SelectChildPattern pattern when at is LocalActor cell:
                foreach (var match in cell.ChildrenNow().Where(candidate => pattern.Fits(candidate.Name)))
                    Step(match, index + 1, sender);
                break;
            default:
                Lost(at, index, sender);
                break;
        }
    }

    private void Lost(IActorRef at, int index, IActorRef sender)
    {
        if (at is LocalActor cell)
            cell.SystemImpl.DeadLetterRef.Undelivered(message, sender, cell.SystemImpl.Absent(at.Path / elements[index..].Select(step => step.ToString())));
        else if (message is Identify identify)
            sender?.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
    }
}
