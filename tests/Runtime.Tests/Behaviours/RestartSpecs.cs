using Akka.Actor;

namespace DrmActors.Runtime.Tests.Behaviours;

/// <summary>Behaviours 3, 4 and 5.</summary>
public sealed class RestartSpecs : RuntimeSpec
{
    // A thread that has to wait for its turn waits for less.
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(1);

    [Fact]
    public void Restart_should_take_its_steps_in_order()
    {
        var children = CreateTestProbe();
        var actor = Sys.ActorOf(Lived.Props(TestActor, child: Lived.Props(children.Ref, "child")));
        ExpectMsg("new");
        ExpectMsg("PreStart");
        children.ExpectMsg("child new");
        children.ExpectMsg("child PreStart");

        actor.Tell(new Boom("why"));

        ExpectMsg("PreRestart why why");
        ExpectMsg("PostStop");
        ExpectMsg("new");
        // The old child is gone before the new instance makes another.
        children.ExpectMsg("child PostStop");
        children.ExpectMsg("child new");
        ExpectMsg("PostRestart why");
        ExpectMsg("PreStart");
    }

    [Fact]
    public void Stop_should_stop_the_children_first()
    {
        var actor = Sys.ActorOf(Lived.Props(TestActor, "parent", Lived.Props(TestActor, "child")));
        FishForMessage(message => Equals(message, "child PreStart"));
        Watch(actor);

        actor.Tell(PoisonPill.Instance);

        FishForMessage(message => Equals(message, "child PostStop"));
        ExpectMsg("parent PostStop");
        ExpectTerminated(actor);
    }

    [Fact]
    public void Failed_message_should_be_dropped_and_the_rest_delivered_to_the_same_reference()
    {
        var actor = Sys.ActorOf(Lived.Props(TestActor));
        actor.Tell("before");
        actor.Tell(new Boom());
        actor.Tell("after");

        ExpectMsg("new");
        ExpectMsg("PreStart");
        ExpectMsg("before");
        ExpectMsg("PreRestart boom boom");
        ExpectMsg("PostStop");
        ExpectMsg("new");
        ExpectMsg("PostRestart boom");
        ExpectMsg("PreStart");
        ExpectMsg("after");
    }

    [Fact]
    public void Watches_should_survive_a_restart()
    {
        var watched = Sys.ActorOf(Lived.Props(Sys.DeadLetters));
        var watcher = Sys.ActorOf(Make.Props(() => new Survivor(TestActor)));
        watcher.Tell(watched);
        watcher.Tell(new Boom());
        watcher.Tell("alive?");
        ExpectMsg("alive?");

        watched.Tell(PoisonPill.Instance);

        ExpectMsg(watched);
    }

    [Fact]
    public void Receive_timeout_should_survive_a_restart()
    {
        var actor = Sys.ActorOf(Make.Props(() => new Survivor(TestActor)));
        actor.Tell(Long);
        actor.Tell(new Boom());
        actor.Tell("alive?");
        ExpectMsg("alive?");

        ExpectMsg<ReceiveTimeout>();
    }

    [Fact]
    public void Timers_should_be_cancelled_by_a_restart()
    {
        var actor = Sys.ActorOf(Make.Props(() => new Survivor(TestActor)));
        actor.Tell("timer");
        ExpectMsg("on");

        actor.Tell(new Boom());
        actor.Tell("timer?");

        ExpectMsg("off");
        ExpectNoMsg(1.3 * Long);
    }

    [Fact]
    public void Stashed_messages_should_go_back_to_the_front()
    {
        var actor = Sys.ActorOf(Make.Props(() => new Survivor(TestActor)));
        actor.Tell("stash");
        actor.Tell("first");
        actor.Tell("second");
        actor.Tell(new Boom());
        actor.Tell("third");

        ExpectMsg("first");
        ExpectMsg("second");
        ExpectMsg("third");
    }

    [Fact]
    public void Behaviours_should_be_cleared_by_a_restart()
    {
        var actor = Sys.ActorOf(Make.Props(() => new Survivor(TestActor)));
        actor.Tell("become");
        actor.Tell("x");
        ExpectMsg("other x");

        actor.Tell(new Boom());
        actor.Tell("y");

        ExpectMsg("y");
    }

    private sealed class Survivor(IActorRef probe) : UntypedActor, IWithUnboundedStash, IWithTimers
    {
        private bool _stashing;

        public IStash Stash { get; set; } = null!;

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Exception failure:
                    throw failure;
                case string when _stashing:
                    Stash.Stash();
                    break;
                case "stash":
                    _stashing = true;
                    break;
                case "timer":
                    Timers.StartSingleTimer("key", "tick", Long);
                    goto case "timer?";
                case "timer?":
                    probe.Tell(Timers.IsTimerActive("key") ? "on" : "off");
                    break;
                case "become":
                    BecomeStacked(Other);
                    break;
                case IActorRef watched:
                    Context.Watch(watched);
                    break;
                case Terminated terminated:
                    probe.Tell(terminated.ActorRef);
                    break;
                case TimeSpan timeout:
                    SetReceiveTimeout(timeout);
                    break;
                default:
                    probe.Tell(message);
                    break;
            }
        }

        private void Other(object message)
        {
            if (message is Exception failure)
                throw failure;
            probe.Tell($"other {message}");
        }
    }
}
