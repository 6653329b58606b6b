using Akka.Actor;
using Akka.Event;

namespace DrmActors.Runtime.Tests.Behaviours;

/// <summary>Behaviours 8 and 9.</summary>
public sealed class DeathWatchSpecs : RuntimeSpec
{
    [Fact]
    public void Terminated_should_come_after_the_childs_last_words()
    {
        Act((message, context) =>
        {
            switch (message)
            {
                case "go":
                    context.Stop(context.Watch(context.ActorOf(Make.Props(() => new LastWords()))));
                    break;
                default:
                    TestActor.Tell(message is Terminated ? "terminated" : message);
                    break;
            }
        }).Tell("go");

        ExpectMsg("last words");
        ExpectMsg("terminated");
    }

    [Fact]
    public void Watching_a_dead_reference_should_give_its_end_at_once()
    {
        var actor = Sys.ActorOf(Lived.Props(Sys.DeadLetters));
        Watch(actor);
        actor.Tell(PoisonPill.Instance);
        ExpectTerminated(actor);

        var late = CreateTestProbe();
        late.Watch(actor);

        late.ExpectTerminated(actor);
    }

    [Fact]
    public void Watching_twice_should_give_one_end()
    {
        var actor = Sys.ActorOf(Lived.Props(Sys.DeadLetters));
        Watch(actor);
        Watch(actor);

        actor.Tell(PoisonPill.Instance);

        ExpectTerminated(actor);
        ExpectNoMsg(Quiet);
    }

    [Fact]
    public void WatchWith_should_bring_the_end_in_the_watchers_words()
    {
        var watched = Sys.ActorOf(Lived.Props(Sys.DeadLetters));
        var watcher = Act((message, context) =>
        {
            if (message is IActorRef subject)
                context.WatchWith(subject, "gone");
            TestActor.Tell(message is IActorRef ? "watching" : message);
        });
        watcher.Tell(watched);
        ExpectMsg("watching");

        watched.Tell(PoisonPill.Instance);

        ExpectMsg("gone");
    }

    [Fact]
    public void Unwatch_should_take_back_an_end_that_is_queued()
    {
        using var gate = new ManualResetEventSlim();
        var watched = Sys.ActorOf(Lived.Props(Sys.DeadLetters));
        var watcher = Act((message, context) =>
        {
            switch (message)
            {
                case "watch":
                    context.Watch(watched);
                    TestActor.Tell("busy");
                    Assert.True(gate.Wait(Patience));
                    break;
                case "unwatch":
                    context.Unwatch(watched);
                    context.Self.Tell("done");
                    break;
                case Terminated:
                    TestActor.Tell("terminated");
                    break;
                default:
                    TestActor.Tell(message);
                    break;
            }
        });
        Watch(watched);
        watcher.Tell("watch");
        ExpectMsg("busy");
        watched.Tell(PoisonPill.Instance);
        ExpectTerminated(watched);
        watcher.Tell("unwatch");
        gate.Set();

        ExpectMsg("done");
        ExpectNoMsg(Quiet);
    }

    [Fact]
    public void Unhandled_end_should_be_a_death_pact()
    {
        var decider = CreateTestProbe();
        var watched = Sys.ActorOf(Lived.Props(Sys.DeadLetters));
        var parent = Parent(new OneForOneStrategy(cause =>
        {
            decider.Ref.Tell(cause);
            return SupervisorStrategy.DefaultDecider.Decide(cause);
        }));
        var watcher = Child(parent, Make.Props(() => new Pact(watched)));
        Watch(watcher);
        watcher.Tell("alive?");
        ExpectMsg("yes");

        watched.Tell(PoisonPill.Instance);

        Assert.Equal(watched, decider.ExpectMsg<DeathPactException>().DeadActor);
        ExpectTerminated(watcher);
    }

    [Fact]
    public void Other_unhandled_messages_should_be_published()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
        var actor = Sys.ActorOf(Make.Props(() => new Pact(Sys.DeadLetters)));

        actor.Tell("what?", TestActor);

        var unhandled = ExpectMsg<UnhandledMessage>();
        Assert.Equal(("what?", TestActor, actor), (unhandled.Message, unhandled.Sender, unhandled.Recipient));
    }

    private sealed class LastWords : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);

        protected override void PostStop() => Context.Parent.Tell("last words");
    }

    private sealed class Pact : UntypedActor
    {
        public Pact(IActorRef watched)
        {
            if (!watched.Equals(Context.System.DeadLetters))
                Context.Watch(watched);
        }

        protected override void OnReceive(object message)
        {
            if (message is "alive?")
                Sender.Tell("yes");
            else
                Unhandled(message);
        }
    }
}
