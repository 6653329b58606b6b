using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch.MessageQueues;

namespace Akka.Dispatch;

/// <summary>A cell as something to run, for dispatchers that are not the runtime's own. It is one object for the cell's whole life.</summary>
public class Mailbox : IRunnable
{
    private ActorCell _cell;

    public Mailbox(IMessageQueue messageQueue) => MessageQueue = messageQueue;

    public IMessageQueue MessageQueue { get; }

    public MessageDispatcher Dispatcher => _cell?.Dispatcher;

    public virtual void SetActor(ActorCell actorCell) => _cell = actorCell;

    public void Run() => _cell.Run();

    public void Execute() => Run();

    public virtual void CleanUp()
    {
    }
}

/// <summary>Makes the queues of mailboxes; named by type in a configuration, it is given the settings and its section.</summary>
public abstract class MailboxType
{
    protected readonly Settings Settings;
    protected readonly Config Config;

    protected MailboxType(Settings settings, Config config)
    {
        Settings = settings;
        Config = config;
    }

    public abstract IMessageQueue Create(IActorRef owner, ActorSystem system);
}

public sealed class UnboundedMailbox : MailboxType, IProducesMessageQueue<UnboundedMessageQueue>
{
    public UnboundedMailbox() : this(null, null)
    {
    }

    public UnboundedMailbox(Settings settings, Config config) : base(settings, config)
    {
    }

    public override IMessageQueue Create(IActorRef owner, ActorSystem system) => new UnboundedMessageQueue();
}
