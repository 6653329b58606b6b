using Akka.Actor;
using DrmActors.Runtime.Tests.Behaviours;

namespace DrmActors.Runtime.Tests.Seeded;

/// <summary>Behaviours 23 and 24: a seeded dispatcher by public API alone, and what has to be kept out of its traces.</summary>
public sealed class SeededSpecs
{
    [Fact]
    public void One_seed_should_give_one_trace()
    {
        var first = Run(1);

        Assert.Equal(200, first.Length);
        for (var run = 0; run < 20; run++)
            Assert.Equal(first, Run(1));
    }

    [Fact]
    public void Worlds_side_by_side_should_not_touch_each_other()
    {
        var alone = Enumerable.Range(0, 8).Select(Run).ToArray();
        var together = new string[64][];

        Parallel.For(0, together.Length, i => together[i] = Run(i % alone.Length));

        for (var i = 0; i < together.Length; i++)
            Assert.Equal(alone[i % alone.Length], together[i]);
    }

    [Fact]
    public void Seeds_should_differ() => Assert.NotEqual(Run(1), Run(2));

    [Fact]
    public void Trace_should_not_hold_references_because_their_uids_differ_between_runs()
    {
        using var one = new SeededSystem(1);
        using var other = new SeededSystem(1);
        var (a, b) = (one.System.ActorOf(Scripted.Props((_, _) => { }), "a"), other.System.ActorOf(Scripted.Props((_, _) => { }), "a"));

        Assert.NotEqual(a.Path.Uid, b.Path.Uid);
        Assert.Equal(a.Path.ToString(), b.Path.ToString());
    }

    [Fact]
    public void Old_instances_PostStop_should_come_before_its_childrens()
    {
        using var seeded = new SeededSystem(7);
        var notes = new List<string>();
        var probe = seeded.System.ActorOf(Scripted.Props((message, _) => notes.Add((string)message)), "probe");
        var actor = seeded.System.ActorOf(Lived.Props(probe, "parent", Lived.Props(probe, "child")), "actor");
        seeded.World.RunToEnd();
        notes.Clear();

        actor.Tell(new Boom());
        seeded.World.RunToEnd();

        string[] steps =
            ["parent PreRestart boom boom", "parent PostStop", "child PostStop", "parent new", "parent PostRestart boom", "parent PreStart"];
        Assert.Equal(steps, notes.Where(note => steps.Contains(note)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Timers_should_leave_the_scheduler_with_their_incarnation(bool restart)
    {
        using var seeded = new SeededSystem(7);
        var actor = seeded.System.ActorOf(Make.Props(() => new Ticking()), "actor");
        actor.Tell("start");
        actor.Tell(restart ? new Boom() : PoisonPill.Instance);

        seeded.World.RunToEnd();

        Assert.True(seeded.World.Now < TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Message_should_put_the_receive_timeout_off_and_a_quiet_one_should_not()
    {
        using var seeded = new SeededSystem(7);
        var scheduler = seeded.System.Scheduler;
        var timeouts = new List<TimeSpan>();
        var actor = seeded.System.ActorOf(Scripted.Props((message, context) =>
        {
            if (message is "set")
                context.SetReceiveTimeout(TimeSpan.FromSeconds(10));
            if (message is not ReceiveTimeout)
                return;
            timeouts.Add(scheduler.MonotonicClock);
            context.SetReceiveTimeout(null);
        }), "actor");
        actor.Tell("set");
        scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(6), actor, "loud", ActorRefs.NoSender);
        scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(12), actor, new Hush(), ActorRefs.NoSender);

        seeded.World.RunToEnd();

        Assert.Equal([TimeSpan.FromSeconds(16)], timeouts);
    }

    /// <summary>Eight actors pass two hundred balls on, some at once and some later; each writes down what it gets and when.</summary>
    private static string[] Run(int seed)
    {
        using var seeded = new SeededSystem(seed);
        var (system, world) = (seeded.System, seeded.World);
        var players = new IActorRef[8];
        var left = 200;
        for (var i = 0; i < players.Length; i++)
        {
            var self = i;
            players[i] = system.ActorOf(Scripted.Props((message, context) =>
            {
                if (left-- <= 0)
                    return;
                world.Trace.Add($"{world.Now.TotalMilliseconds} {self} {message}");
                var ball = (int)message + 1;
                var next = players[((self * 3) + ball) % players.Length];
                if (ball % 5 == 0)
                    system.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(ball % 7), next, ball, context.Self);
                else
                    next.Tell(ball);
            }), $"player-{i}");
        }
        foreach (var player in players)
            player.Tell(0, ActorRefs.NoSender);
        world.RunToEnd();
        return [.. world.Trace];
    }

    private sealed class Hush : INotInfluenceReceiveTimeout;

    private sealed class Ticking : UntypedActor, IWithTimers
    {
        public ITimerScheduler Timers { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            if (message is Exception failure)
                throw failure;
            if (message is "start")
                Timers.StartPeriodicTimer("key", "tick", TimeSpan.FromSeconds(1));
        }
    }
}
