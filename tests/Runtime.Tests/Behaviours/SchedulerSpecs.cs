using Akka.Actor;

namespace DrmActors.Runtime.Tests.Behaviours;

/// <summary>The scheduler, cancelables and timers.</summary>
public sealed class SchedulerSpecs : RuntimeSpec
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(30);

    [Fact]
    public void Tell_should_come_not_before_its_time()
    {
        var start = Sys.Scheduler.MonotonicClock;
        Sys.Scheduler.ScheduleTellOnce(Short, TestActor, "due", ActorRefs.NoSender);

        ExpectMsg("due");
        Assert.True(Sys.Scheduler.MonotonicClock - start >= Short);
    }

    [Fact]
    public void Cancelled_tell_should_never_come()
    {
        // Longer than a thread has to wait for its turn.
        var later = TimeSpan.FromMilliseconds(500);
        var cancelable = Sys.Scheduler.ScheduleTellOnceCancelable(later, TestActor, "due", ActorRefs.NoSender);
        cancelable.Cancel();

        ExpectNoMsg(1.3 * later);
        Assert.True(cancelable.IsCancellationRequested);
        Assert.True(cancelable.Token.IsCancellationRequested);
    }

    [Fact]
    public void Repeated_tell_should_come_until_it_is_cancelled()
    {
        var cancelable = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(TimeSpan.Zero, Short, TestActor, "tick", ActorRefs.NoSender);
        for (var i = 0; i < 3; i++)
            ExpectMsg("tick");
        cancelable.Cancel();

        // One may have been on its way.
        Sys.Scheduler.ScheduleTellOnce(Short, TestActor, "end", ActorRefs.NoSender);
        FishForMessage(message => message is "end");
        ExpectNoMsg(Short * 3);
    }

    [Fact]
    public void Action_should_run_later()
    {
        var testActor = TestActor;
        Sys.Scheduler.Advanced.ScheduleOnce(Short, () => testActor.Tell("ran"));

        ExpectMsg("ran");
    }

    [Fact]
    public void Negative_times_should_be_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(-1), TestActor, "x", ActorRefs.NoSender));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => Sys.Scheduler.ScheduleTellRepeatedly(TimeSpan.Zero, TimeSpan.Zero, TestActor, "x", ActorRefs.NoSender));
    }

    [Fact]
    public void Timer_should_replace_the_one_with_its_key()
    {
        var actor = Sys.ActorOf(Make.Props(() => new Timing(TestActor)));

        actor.Tell("replace");

        ExpectMsg("second");
        ExpectNoMsg(Short * 4);
    }

    [Fact]
    public void Periodic_timer_should_come_until_it_is_cancelled()
    {
        var actor = Sys.ActorOf(Make.Props(() => new Timing(TestActor)));

        actor.Tell("periodic");

        ExpectMsg("tick");
        ExpectMsg("tick");
        ExpectMsg("tick");
        ExpectMsg("cancelled");
        ExpectNoMsg(Short * 4);
    }

    private sealed class Timing(IActorRef probe) : UntypedActor, IWithTimers
    {
        private int _ticks;

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case "replace":
                    Timers.StartSingleTimer("key", "first", Short);
                    Timers.StartSingleTimer("key", "second", Short);
                    break;
                case "periodic":
                    Timers.StartPeriodicTimer("key", "tick", Short);
                    break;
                case "tick":
                    probe.Tell("tick");
                    if (++_ticks < 3)
                        break;
                    Timers.Cancel("key");
                    probe.Tell(Timers.IsTimerActive("key") ? "active" : "cancelled");
                    break;
                default:
                    probe.Tell(message);
                    break;
            }
        }
    }
}
