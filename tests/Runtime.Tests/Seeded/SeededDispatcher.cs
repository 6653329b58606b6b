using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;

namespace DrmActors.Runtime.Tests.Seeded;

public sealed class SeededDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly SeededDispatcher _dispatcher;

    public SeededDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites) : base(config, prerequisites) =>
        _dispatcher = new SeededDispatcher(this, ((SeededScheduler)prerequisites.Scheduler).World);

    public override MessageDispatcher Dispatcher() => _dispatcher;
}

/// <summary>Leaves it to a world when a mailbox runs; a run delivers one message.</summary>
internal sealed class SeededDispatcher : MessageDispatcher
{
    private readonly ConcurrentDictionary<IRunnable, string> _names = new();
    private readonly World _world;

    public SeededDispatcher(MessageDispatcherConfigurator configurator, World world) : base(configurator)
    {
        _world = world;
        Throughput = 1;
        ThroughputDeadlineTime = 0;
    }

    public override void Attach(ActorCell cell)
    {
        _names[cell.Mailbox] = cell.Self.Path.ToStringWithoutAddress();
        base.Attach(cell);
    }

    public override void Detach(ActorCell cell)
    {
        _names.TryRemove(cell.Mailbox, out _);
        base.Detach(cell);
    }

    protected override void ExecuteTask(IRunnable run) => _world.Add(_names.GetValueOrDefault(run, ""), run);

    protected override void Shutdown()
    {
    }
}
