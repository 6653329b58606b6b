using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;

namespace DrmActors.Runtime.Tests.Behaviours;

/// <summary>An actor system from its set-up to its end.</summary>
public sealed class SystemSpecs
{
    private static readonly Config Silent = ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }");

    [Fact]
    public async Task Setup_should_bring_the_configuration()
    {
        var system = ActorSystem.Create("setup", ActorSystemSetup.Empty.And(BootstrapSetup.Create().WithConfig(
            ConfigurationFactory.ParseString("mine.value = 3").WithFallback(Silent))));

        Assert.Equal(3, system.Settings.Config.GetInt("mine.value"));
        Assert.Equal(10, system.Settings.Config.GetTimeSpan("akka.scheduler.tick-duration").TotalMilliseconds);
        Assert.Equal("setup", system.Name);
        await system.Terminate();
    }

    [Theory]
    [InlineData("")]
    [InlineData("-x")]
    [InlineData("a b")]
    public void Name_that_is_not_a_word_should_be_refused(string name) => Assert.Throws<ArgumentException>(() => ActorSystem.Create(name, Silent));

    [Fact]
    public async Task Termination_should_stop_every_actor_and_then_run_the_callbacks_last_first()
    {
        var system = ActorSystem.Create("end", Silent);
        var steps = new System.Collections.Concurrent.ConcurrentQueue<string>();
        system.ActorOf(Make.Props(() => new Ends(() => steps.Enqueue("actor"))));
        system.RegisterOnTermination(() => steps.Enqueue("first"));
        system.RegisterOnTermination(() => steps.Enqueue("second"));

        await system.Terminate();

        Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
        // The task may end before the callbacks that were registered first.
        SpinWait.SpinUntil(() => steps.Count == 3, TimeSpan.FromSeconds(10));
        Assert.Equal(["actor", "second", "first"], steps);
        Assert.Throws<InvalidOperationException>(() => system.ActorOf(Make.Props(() => new Ends(() => { }))));
    }

    [Fact]
    public async Task Extension_should_be_made_once_a_system()
    {
        var system = ActorSystem.Create("extended", Silent);
        Assert.False(system.HasExtension<Counter>());

        var first = CounterProvider.Instance.Apply(system);

        Assert.Same(first, CounterProvider.Instance.Get(system));
        Assert.Same(first, system.GetExtension<Counter>());
        Assert.True(system.TryGetExtension<Counter>(out _));
        await system.Terminate();
    }

    [Fact]
    public async Task Coordinated_shutdown_should_run_its_tasks_in_phases_before_the_system_ends()
    {
        var system = ActorSystem.Create("coordinated", Silent);
        var steps = new System.Collections.Concurrent.ConcurrentQueue<string>();
        var shutdown = CoordinatedShutdown.Get(system);
        shutdown.AddTask(CoordinatedShutdown.PhaseServiceStop, "late", () => Step("late"));
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "early", () => Step("early"));

        await system.Terminate();

        Assert.Equal(["early", "late"], steps);

        Task<Akka.Done> Step(string step)
        {
            steps.Enqueue(step);
            return Task.FromResult(Akka.Done.Instance);
        }
    }

    [Fact]
    public async Task Guardian_strategy_should_come_from_the_configuration()
    {
        var system = ActorSystem.Create("guarded", ConfigurationFactory.ParseString(
            "akka.actor.guardian-supervisor-strategy = \"Akka.Actor.StoppingSupervisorStrategy\"").WithFallback(Silent));
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = system.ActorOf(Make.Props(() => new Ends(ended.SetResult)));

        actor.Tell(new Boom());

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10));
        await system.Terminate();
    }

    private sealed class Ends(Action end) : UntypedActor
    {
        protected override void OnReceive(object message) => throw (Exception)message;

        protected override void PostStop() => end();
    }

    private sealed class Counter : IExtension;

    private sealed class CounterProvider : ExtensionIdProvider<Counter>
    {
        public static readonly CounterProvider Instance = new();

        public override Counter CreateExtension(ExtendedActorSystem system) => new();
    }
}
