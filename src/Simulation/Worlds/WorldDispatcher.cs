using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace DrmActors.Simulation.Worlds;

/// <summary>Makes the <see cref="WorldDispatcher"/> of a section.</summary>
public sealed class WorldDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly WorldDispatcher _dispatcher;

    /// <summary>As the actor system makes it.</summary>
    public WorldDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) => _dispatcher = new WorldDispatcher(this, ((WorldScheduler)prerequisites.Scheduler).World);

    /// <inheritdoc/>
    public override MessageDispatcher Dispatcher() => _dispatcher;
}

/// <summary>Leaves it to the world when a mailbox runs. A run delivers one message.</summary>
internal sealed class WorldDispatcher : MessageDispatcher
{
    private readonly World _world;
    private readonly Lane _nobodys;

    public WorldDispatcher(MessageDispatcherConfigurator configurator, World world)
        : base(configurator)
    {
        _world = world;
        _nobodys = world.LaneOf("");
        // Both, or a run would deliver one message more.
        Throughput = 1;
        ThroughputDeadlineTime = 0;
    }

    protected override void ExecuteTask(IRunnable run)
    {
        var lane = run is Mailbox { MessageQueue: WorldQueue queue } ? queue.Lane : _nobodys;
        _world.Add(lane, run.Run);
    }

    protected override void Shutdown()
    {
    }
}
