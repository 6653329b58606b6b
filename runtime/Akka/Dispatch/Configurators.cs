using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Dispatch;

/// <summary>What a dispatcher can count on while the system is being built.</summary>
public interface IDispatcherPrerequisites
{
    EventStream EventStream { get; }

    IScheduler Scheduler { get; }

    Settings Settings { get; }

    Mailboxes Mailboxes { get; }
}

internal sealed record DispatcherPrerequisites(EventStream EventStream, IScheduler Scheduler, Settings Settings, Mailboxes Mailboxes)
    : IDispatcherPrerequisites;

/// <summary>Makes the dispatcher of one section of the configuration; named there as <c>type</c>.</summary>
public abstract class MessageDispatcherConfigurator
{
    protected MessageDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    {
        Config = config;
        Prerequisites = prerequisites;
    }

    public Config Config { get; }

    public IDispatcherPrerequisites Prerequisites { get; }

    public abstract MessageDispatcher Dispatcher();
}

internal sealed class PoolDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
    : MessageDispatcherConfigurator(config, prerequisites)
{
    private PoolDispatcher _dispatcher;

    public override MessageDispatcher Dispatcher() => _dispatcher ??= new PoolDispatcher(this);
}

/// <summary>Runs cells on the thread pool. The cells queue themselves; this holds only the settings.</summary>
internal sealed class PoolDispatcher : MessageDispatcher
{
    public PoolDispatcher(MessageDispatcherConfigurator configurator) : base(configurator)
    {
        var config = configurator.Config;
        Id = config.GetString("id");
        Throughput = config.GetInt("throughput", DefaultThroughput);
        var deadline = config.GetTimeSpan("throughput-deadline-time", TimeSpan.Zero);
        if (deadline > TimeSpan.Zero)
            ThroughputDeadlineTime = deadline.Ticks;
    }

    protected override void ExecuteTask(IRunnable run) => ThreadPool.UnsafeQueueUserWorkItem(run, preferLocal: false);

    protected override void Shutdown()
    {
    }
}
