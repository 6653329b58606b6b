using Akka.Actor.Internal;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>An actor with a dispatcher or a message queue that was not made here: every step goes through their public face.</summary>
internal sealed class DispatchedActor : LocalActor
{
    private readonly IMessageQueue _queue;

    internal DispatchedActor(
        ActorSystemImpl system, Props props, MessageDispatcher dispatcher, IInternalActorRef parent, ActorName name, MailboxType mailboxType)
        : base(system, props, dispatcher, parent, name)
    {
        _queue = mailboxType is null or UnboundedMailbox ? null : mailboxType.Create(this, system);
        OwnMailbox = new Mailbox(_queue ?? new CellQueue(this));
        OwnMailbox.SetActor(this);
    }

    internal override Mailbox OwnMailbox { get; }

    private protected override bool AnyQueued => base.AnyQueued || _queue?.HasMessages == true;

    private protected override int CountQueued => base.CountQueued + (_queue?.Count ?? 0);

    internal override void Launch() => Dispatcher.Attach(this);

    /// <summary>The bit is set from birth; the dispatcher's Attach brings the first run.</summary>
    internal override void Attached() => QueueRun();

    public override void Tell(object message, IActorRef sender)
    {
        if (message is null)
            throw new InvalidMessageException("Message is null.");
        Dispatcher.Dispatch(this, new Envelope(message, sender, System));
    }

    internal override void PostSystem(SystemMessage message) => Dispatcher.SystemDispatch(this, message);

    internal override void Accept(in Envelope envelope)
    {
        if (_queue is null)
        {
            Push(envelope.Message, envelope.Sender);
            return;
        }
        if (IsStopped)
        {
            DeadLetter(envelope.Message, envelope.Sender);
            return;
        }
        _queue.Enqueue(this, envelope);
        if (IsStopped)
            CloseQueue();
        else
            TrySchedule();
    }

    internal override void QueueRun()
    {
        try
        {
            Dispatcher.Execute(OwnMailbox);
        }
        catch
        {
            Unschedule();
            throw;
        }
    }

    private protected override MessageNode Refill() =>
        base.Refill() ?? (_queue is not null && _queue.TryDequeue(out var envelope) ? new MessageNode(envelope.Message, envelope.Sender) : null);

    private protected override void CloseQueue()
    {
        if (_queue is null)
            return;
        // The run that ends the actor and a late sender may both come here.
        lock (_queue)
            _queue.CleanUp(this, SystemImpl.Mailboxes.DeadLetterQueue);
    }

    private protected override void Detach() => Dispatcher.Detach(this);
}
