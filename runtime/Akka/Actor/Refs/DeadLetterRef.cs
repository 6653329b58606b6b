using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Where messages go that have nowhere to go: each is published on the event stream.</summary>
internal sealed class DeadLetterRef(ActorSystemImpl system, ActorPath path) : MinimalActorRef
{
    public ActorSystemImpl SystemImpl => system;

    public override ActorPath Path => path;

    internal override IInternalActorRef ParentRef => system.Root;

    internal override void TellInternal(object message, IActorRef sender)
    {
        if (message is null)
            throw new InvalidMessageException("Message is null.");
        if (message is AllDeadLetters letter)
            system.EventStream.Publish(letter);
        else
            Undelivered(message, sender, this);
    }

    /// <summary>Publishes a message that its recipient did not get, or says for it that nobody is there.</summary>
    public void Undelivered(object message, IActorRef sender, IActorRef recipient)
    {
        sender ??= this;
        switch (message)
        {
            // A subscriber's own dead letters would go round for ever.
            case AllDeadLetters:
                break;
            case Identify identify:
                sender.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
                break;
            case SelectionMessage selection:
                Undelivered(selection.Message, sender, recipient);
                break;
            case TimerMessage:
                break;
            case IDeadLetterSuppression suppressed:
                Publish(typeof(SuppressedDeadLetter), suppressed, sender, recipient);
                break;
            default:
                Publish(typeof(DeadLetter), message, sender, recipient);
                break;
        }
    }

    internal override void System(ISystemMessage message)
    {
        if (message is Watch watch)
            watch.Undeliverable(this, system);
    }

    private void Publish(Type type, object message, IActorRef sender, IActorRef recipient)
    {
        if (!system.EventStream.HasSubscribers(type))
            return;
        system.EventStream.Publish(message is IDeadLetterSuppression suppressed
            ? new SuppressedDeadLetter(suppressed, sender, recipient)
            : new DeadLetter(message, sender, recipient));
    }
}

/// <summary>A path at which nobody is.</summary>
internal sealed class AbsentRef(ActorSystemImpl system, ActorPath path) : MinimalActorRef
{
    public override ActorPath Path => path;

    internal override void TellInternal(object message, IActorRef sender) => system.DeadLetterRef.Undelivered(message, sender, this);

    internal override void System(ISystemMessage message)
    {
        if (message is Watch watch)
            watch.Undeliverable(this, system);
    }
}
