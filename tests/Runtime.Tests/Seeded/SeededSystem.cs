using Akka.Actor;
using Akka.Configuration;

namespace DrmActors.Runtime.Tests.Seeded;

/// <summary>An actor system that runs on one thread, in an order that a seed decides, and in virtual time.</summary>
internal sealed class SeededSystem : IDisposable
{
    public SeededSystem(int seed)
    {
        var assembly = typeof(SeededScheduler).Assembly.GetName().Name;
        var dispatcher = $"{{ type = \"{typeof(SeededDispatcherConfigurator).FullName}, {assembly}\" }}";
        System = ActorSystem.Create("seeded", ConfigurationFactory.ParseString(
            $$"""
            seeded.seed = {{seed}}
            akka {
              loggers = []
              loglevel = OFF
              stdout-loglevel = OFF
              log-dead-letters = off
              scheduler.implementation = "{{typeof(SeededScheduler).FullName}}, {{assembly}}"
              actor.default-dispatcher {{dispatcher}}
              actor.internal-dispatcher {{dispatcher}}
              coordinated-shutdown.run-by-actor-system-terminate = off
            }
            """));
        World = ((SeededScheduler)System.Scheduler).World;
    }

    public ActorSystem System { get; }

    public World World { get; }

    public void Dispose()
    {
        var ended = System.Terminate();
        World.RunToEnd();
        ended.Wait(TimeSpan.FromSeconds(1));
    }
}
