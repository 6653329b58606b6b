using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Configuration;
using Akka.Dispatch.MessageQueues;
using Akka.Util;

namespace Akka.Dispatch;

/// <summary>Which mailbox type an actor gets: its props', its dispatcher's, the one its type requires, or the default.</summary>
public class Mailboxes
{
    public static readonly string DefaultMailboxId = "akka.actor.default-mailbox";

    public static readonly string NoMailboxRequirement = "";

    private readonly ActorSystemImpl _system;
    private readonly ConcurrentDictionary<string, MailboxType> _byId = new();
    private readonly MailboxType _default;

    public Mailboxes(ActorSystem system)
    {
        _system = (ActorSystemImpl)system;
        DeadLetterQueue = new DeadLetterQueue(_system);
        _default = Lookup(DefaultMailboxId);
    }

    internal IMessageQueue DeadLetterQueue { get; }

    public MailboxType Lookup(string id) => _byId.GetOrAdd(id, Create);

    /// <summary>Null where the cell's own queue will do.</summary>
    internal MailboxType TypeFor(Props props, MessageDispatcher dispatcher)
    {
        var type = props.Mailbox is { } id ? Lookup(id) : dispatcher.MailboxType ?? _default;
        return type is UnboundedMailbox ? null : type;
    }

    private MailboxType Create(string id)
    {
        var config = _system.Settings.Config.GetConfig(id) ?? throw new ConfigurationException($"Mailbox Type [{id}] not configured");
        var name = config.GetString("mailbox-type");
        if (string.IsNullOrEmpty(name))
            throw new ConfigurationException($"The setting mailbox-type defined in [{id}] is empty");
        return OfTypeName(name, config);
    }

    /// <summary>The runtime's own names for unbounded mailboxes all mean the cell's own queue: it takes messages at both ends.</summary>
    internal MailboxType OfTypeName(string name, Config config) =>
        name.Split(',')[0].Trim() is "Akka.Dispatch.UnboundedMailbox" or "Akka.Dispatch.UnboundedDequeBasedMailbox"
            ? new UnboundedMailbox(_system.Settings, config)
            : TypeNames.Create<MailboxType>(name, _system.Settings, config);
}

internal sealed class DeadLetterQueue(ActorSystemImpl system) : IMessageQueue
{
    public bool HasMessages => false;

    public int Count => 0;

    public void Enqueue(IActorRef receiver, Envelope envelope) => system.DeadLetterRef.Undelivered(envelope.Message, envelope.Sender, receiver);

    public bool TryDequeue(out Envelope envelope)
    {
        envelope = default;
        return false;
    }

    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
    }
}
