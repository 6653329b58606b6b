using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using DrmActors.Runtime.Tests.Behaviours;

namespace DrmActors.Runtime.Tests.Stress;

/// <summary>Real threads against one system, for a bounded number of operations: nothing may be lost, doubled or left waiting.</summary>
public sealed class StressSpecs : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ActorSystem _system = ActorSystem.Create(
        "stress", ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off }"));

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _system.Terminate().WaitAsync(Patience);

    [Fact]
    public async Task Many_senders_should_each_be_heard_in_order()
    {
        const int Senders = 8;
        const int Count = 50_000;
        var done = Signal();
        var next = new int[Senders];
        var left = Senders * Count;
        var actor = _system.ActorOf(Scripted.Props((message, _) =>
        {
            var (sender, number) = ((int, int))message;
            if (next[sender]++ != number)
                done.TrySetException(new InvalidOperationException($"{sender} sent {number}, expected {next[sender] - 1}"));
            if (--left == 0)
                done.TrySetResult();
        }));

        await Task.WhenAll(Enumerable.Range(0, Senders).Select(sender => Task.Run(() =>
        {
            for (var i = 0; i < Count; i++)
                actor.Tell((sender, i), ActorRefs.NoSender);
        })));

        await done.Task.WaitAsync(Patience);
    }

    /// <summary>Every message finds its receiver idle or just going idle: a lost wake-up would end the game.</summary>
    [Fact]
    public async Task Ping_pong_should_never_lose_a_wake_up()
    {
        const int Rounds = 100_000;
        const int Pairs = 4;
        var games = Enumerable.Range(0, Pairs).Select(_ =>
        {
            var done = Signal();
            var pong = _system.ActorOf(Scripted.Props((message, context) => context.Sender.Tell(message, context.Self)));
            var ping = _system.ActorOf(Scripted.Props((message, context) =>
            {
                if ((int)message == Rounds)
                    done.TrySetResult();
                else
                    pong.Tell((int)message + 1, context.Self);
            }));
            ping.Tell(0, ActorRefs.NoSender);
            return done.Task;
        });

        await Task.WhenAll(games).WaitAsync(Patience);
    }

    [SkippableFact]
    public async Task Every_message_should_be_delivered_or_become_a_dead_letter()
    {
        Skip.If(typeof(ActorSystem).Assembly.GetName().Name == "Akka", "There a message that races with the end of its receiver may be lost.");
        const int Rounds = 200;
        const int Count = 500;
        var letters = 0;
        var delivered = 0;
        var counter = _system.ActorOf(Scripted.Props((message, context) =>
        {
            if (message is DeadLetter { Message: int })
                Volatile.Write(ref letters, letters + 1);
            else if (message is "count")
                context.Sender.Tell(letters, context.Self);
        }));
        _system.EventStream.Subscribe(counter, typeof(DeadLetter));

        for (var round = 0; round < Rounds; round++)
        {
            var actor = _system.ActorOf(Scripted.Props((message, _) => Interlocked.Increment(ref delivered)));
            var telling = Task.Run(() =>
            {
                for (var i = 0; i < Count; i++)
                    actor.Tell(i, ActorRefs.NoSender);
            });
            _system.Stop(actor);
            await telling;
        }

        await Eventually(async () => Volatile.Read(ref delivered) + await counter.Ask<int>("count", Patience) == Rounds * Count);
    }

    [Fact]
    public async Task Watchers_should_hear_of_every_death_once_however_they_race()
    {
        const int Actors = 300;
        const int Watchers = 4;
        var heard = new int[Watchers][];
        var watchers = new IActorRef[Watchers];
        for (var w = 0; w < Watchers; w++)
        {
            var mine = heard[w] = new int[Actors];
            watchers[w] = _system.ActorOf(Scripted.Props((message, context) =>
            {
                switch (message)
                {
                    case IActorRef subject:
                        context.Watch(subject);
                        break;
                    case Terminated terminated:
                        Interlocked.Increment(ref mine[int.Parse(terminated.ActorRef.Path.Name)]);
                        break;
                }
            }));
        }

        await Task.WhenAll(Enumerable.Range(0, Actors).Select(i => Task.Run(() =>
        {
            var actor = _system.ActorOf(Scripted.Props((_, _) => { }), i.ToString());
            foreach (var watcher in watchers)
                watcher.Tell(actor, ActorRefs.NoSender);
            if (i % 2 == 0)
                _system.Stop(actor);
            else
                actor.Tell(PoisonPill.Instance, ActorRefs.NoSender);
        })));

        await Eventually(() => Task.FromResult(heard.All(mine => mine.All(count => count == 1))));
    }

    [Fact]
    public async Task Storm_of_creations_failures_and_stops_should_leave_no_child_behind()
    {
        const int Parents = 4;
        const int Rounds = 200;
        await Task.WhenAll(Enumerable.Range(0, Parents).Select(async _ =>
        {
            var parent = _system.ActorOf(Make.Props(() => new Breeder()));
            for (var round = 0; round < Rounds; round++)
                parent.Tell(round, ActorRefs.NoSender);
            await Eventually(async () => await parent.Ask<int>("children", Patience) == 0);
        }));
    }

    [Fact]
    public async Task Parents_that_stop_while_children_are_born_from_outside_should_end()
    {
        for (var round = 0; round < 20; round++)
        {
            var system = ActorSystem.Create("short", ConfigurationFactory.ParseString("akka { loggers = [], loglevel = OFF, log-dead-letters = off }"));
            var births = Task.Run(() =>
            {
                try
                {
                    for (var i = 0; i < 1_000; i++)
                        system.ActorOf(Scripted.Props((_, _) => { }), i.ToString());
                }
                catch (InvalidOperationException)
                {
                    // The guardian takes no more children once it is stopping.
                }
            });
            await system.Terminate().WaitAsync(Patience);
            await births;
        }
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task Eventually(Func<Task<bool>> condition)
    {
        var end = DateTime.UtcNow + Patience;
        while (!await condition())
        {
            Assert.True(DateTime.UtcNow < end, "The condition did not come true in time.");
            await Task.Delay(5);
        }
    }

    /// <summary>Breeds children that stop, are stopped, fail, or are poisoned, and sometimes fails itself.</summary>
    private sealed class Breeder : UntypedActor
    {
        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(
            cause => cause is Boom { Message: "restart" } ? Directive.Restart : Directive.Stop);

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case int round:
                    for (var i = 0; i < 8; i++)
                        Breed(round + i);
                    if (round % 50 == 49)
                        throw new Boom();
                    break;
                case "children":
                    Sender.Tell(Context.GetChildren().Count(), Self);
                    break;
                case Terminated:
                    break;
            }
        }

        private static void Breed(int fate)
        {
            var child = Context.ActorOf(Scripted.Props((message, context) =>
            {
                if (message is Exception failure)
                    throw failure;
                context.Stop(context.Self);
            }));
            Context.Watch(child);
            switch (fate % 5)
            {
                case 0:
                    Context.Stop(child);
                    break;
                case 1:
                    child.Tell("stop yourself");
                    break;
                case 2:
                    child.Tell(new Boom("stop"));
                    break;
                case 3:
                    child.Tell(new Boom("restart"));
                    child.Tell(PoisonPill.Instance);
                    break;
                default:
                    child.Tell(Kill.Instance);
                    Context.Unwatch(child);
                    break;
            }
        }
    }
}
