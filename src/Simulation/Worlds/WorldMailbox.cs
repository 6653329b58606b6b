using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace DrmActors.Simulation.Worlds;

/// <summary>Mailboxes that know their lane and tell the world what they deliver.</summary>
public sealed class WorldMailbox(Settings settings, Config config) : MailboxType(settings, config), IProducesMessageQueue<WorldQueue>
{
    /// <inheritdoc/>
    public override IMessageQueue Create(IActorRef owner, ActorSystem system) =>
        new WorldQueue(((WorldScheduler)system.Scheduler).World, owner.Path.ToStringWithoutAddress());
}

/// <summary>An unbounded queue of a mailbox in a world.</summary>
public sealed class WorldQueue : IMessageQueue, IUnboundedMessageQueueSemantics
{
    // Also told to from other threads, while the system begins and ends.
    private readonly ConcurrentQueue<Envelope> _messages = new();
    private readonly World _world;

    internal WorldQueue(World world, string path)
    {
        _world = world;
        Lane = world.LaneOf(path);
    }

    /// <inheritdoc/>
    public bool HasMessages => !_messages.IsEmpty;

    /// <inheritdoc/>
    public int Count => _messages.Count;

    internal Lane Lane { get; }

    /// <inheritdoc/>
    public void Enqueue(IActorRef receiver, Envelope envelope) => _messages.Enqueue(envelope);

    /// <inheritdoc/>
    public bool TryDequeue(out Envelope envelope)
    {
        if (!_messages.TryDequeue(out envelope))
            return false;
        envelope = _world.Deliver(Lane, envelope);
        return true;
    }

    /// <inheritdoc/>
    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (_messages.TryDequeue(out var envelope))
            deadletters.Enqueue(owner, envelope);
    }
}
