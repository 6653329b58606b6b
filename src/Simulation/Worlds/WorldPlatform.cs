using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using DrmActors.Hardware.Time;
using DrmActors.Hosting.Internals;

namespace DrmActors.Simulation.Worlds;

/// <summary>A host on a world: its actors, its clock and its callers all run one at a time.</summary>
internal sealed class WorldPlatform(ISchedule schedule) : IHostPlatform
{
    private static readonly Config Settings = ConfigurationFactory.ParseString(
        $$"""
        akka {
          loggers = []
          loglevel = OFF
          stdout-loglevel = OFF
          log-dead-letters = off
          scheduler.implementation = "{{NameOf<WorldScheduler>()}}"
          actor.default-mailbox.mailbox-type = "{{NameOf<WorldMailbox>()}}"
          actor.default-dispatcher { type = "{{NameOf<WorldDispatcherConfigurator>()}}" }
          actor.internal-dispatcher { type = "{{NameOf<WorldDispatcherConfigurator>()}}" }
          coordinated-shutdown.run-by-actor-system-terminate = off
        }
        """);

    // Of each client, so that traces name it.
    private readonly Dictionary<string, AskerPool> _pools = new(StringComparer.Ordinal);
    private ActorSystem? _system;
    private World? _world;

    /// <summary>Null until the system was told to end.</summary>
    public Task? Ended { get; private set; }

    public World World => _world ?? throw new InvalidOperationException("the world has no system yet");

    public AlarmClock Clock => World.Clock;

    public bool ReadsInPlace => false;

    public ActorSystem CreateSystem(Config akka)
    {
        _system = ActorSystem.Create("drm", ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(Settings.WithFallback(akka))));
        _world = ((WorldScheduler)_system.Scheduler).World;
        _world.Schedule = schedule;
        return _system;
    }

    /// <summary>The answer continues the asker in its own lane. An asker that gave up leaves its actor to the answer that may still come.</summary>
    public Task<T> AskAsync<T>(IActorRef actor, object message, CancellationToken cancellation)
    {
        var asker = PoolOf(ClientLane.CurrentName).Take();
        // Not by the thread pool: what awaits it continues in its lane anyway, and what joins several (Task.WhenAll) must not leave the world.
        var answer = new TaskCompletionSource<T>();
        asker.Begin(reply => Complete(answer, reply));
        actor.Tell(message, asker.Actor);
        if (cancellation.CanBeCanceled)
            cancellation.Register(() => answer.TrySetCanceled(cancellation));
        return answer.Task;
    }

    /// <summary>The world moves it on anyway.</summary>
    public void LetTimeRun()
    {
    }

    /// <summary>Begun here, and over when the world is quiet: the runtime may tell of its end on a thread of its own, which no world can see.</summary>
    public Task TerminateAsync()
    {
        Ended = _system!.Terminate();
        return Task.CompletedTask;
    }

    private static void Complete<T>(TaskCompletionSource<T> answer, object reply)
    {
        if (reply is T value)
            answer.TrySetResult(value);
        else if (reply is Status.Failure failure)
            answer.TrySetException(failure.Cause);
        else
            answer.TrySetException(new ArgumentException($"asked for {typeof(T)}, was answered {reply.GetType()}", nameof(reply)));
    }

    private static string NameOf<T>() => $"{typeof(T).FullName}, {typeof(T).Assembly.GetName().Name}";

    private AskerPool PoolOf(string client)
    {
        if (!_pools.TryGetValue(client, out var pool))
            _pools.Add(client, pool = new AskerPool(_system!, client));
        return pool;
    }
}
