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

    private readonly Stack<Asker> _idle = new();
    private ActorSystem? _system;
    private World? _world;
    private int _askers;

    public World World => _world ?? throw new InvalidOperationException("the world has no system yet");

    public AlarmClock Clock => World.Clock;

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
        if (!_idle.TryPop(out var asker))
            asker = new Asker(this, $"asker-{++_askers}");
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
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

    private sealed class Asker
    {
        private readonly WorldPlatform _platform;
        private Action<object>? _pending;

        public Asker(WorldPlatform platform, string name)
        {
            _platform = platform;
            Actor = platform._system!.ActorOf(AnswerActor.Props(Answered), name);
        }

        public IActorRef Actor { get; }

        public void Begin(Action<object> pending) => _pending = pending;

        private void Answered(object reply)
        {
            // Only the first one: nobody has asked for a second.
            if (Interlocked.Exchange(ref _pending, null) is not { } pending)
                return;
            pending(reply);
            _platform._idle.Push(this);
        }
    }
}
