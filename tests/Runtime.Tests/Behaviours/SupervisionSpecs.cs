using Akka.Actor;

namespace DrmActors.Runtime.Tests.Behaviours;

/// <summary>Behaviours 2 and 10.</summary>
public sealed class SupervisionSpecs : RuntimeSpec
{
    [Fact]
    public void Default_decider_should_stop_what_cannot_go_on_and_restart_the_rest()
    {
        var decider = SupervisorStrategy.DefaultDecider;

        Assert.Equal(Directive.Stop, decider.Decide(new ActorInitializationException("x")));
        Assert.Equal(Directive.Stop, decider.Decide(new ActorKilledException("x")));
        Assert.Equal(Directive.Stop, decider.Decide(new DeathPactException(TestActor)));
        Assert.Equal(Directive.Restart, decider.Decide(new Boom()));
    }

    [Fact]
    public void Kill_should_stop_under_the_default_strategy()
    {
        var actor = Sys.ActorOf(Lived.Props(TestActor));
        ExpectMsg("new");
        ExpectMsg("PreStart");
        Watch(actor);

        actor.Tell(Kill.Instance);

        ExpectMsg("PostStop");
        ExpectTerminated(actor);
    }

    [Fact]
    public void Resume_should_keep_the_instance()
    {
        var child = Child(Parent(new OneForOneStrategy(_ => Directive.Resume)), Lived.Props(TestActor));
        child.Tell(new Boom());
        child.Tell("after");

        ExpectMsg("new");
        ExpectMsg("PreStart");
        ExpectMsg("after");
    }

    [Fact]
    public void Child_that_failed_should_take_no_message_until_its_parent_has_decided()
    {
        using var gate = new ManualResetEventSlim();
        var decider = CreateTestProbe();
        var child = Child(
            Parent(new OneForOneStrategy(_ =>
            {
                decider.Ref.Tell("deciding");
                Assert.True(gate.Wait(Patience));
                return Directive.Resume;
            })),
            Scripted.Props((message, _) =>
            {
                TestActor.Tell(message is Exception ? "failing" : message);
                if (message is Exception failure)
                    throw failure;
            }));
        child.Tell(new Boom());
        child.Tell("after");
        ExpectMsg("failing");
        decider.ExpectMsg("deciding");
        ExpectNoMsg(Quiet);

        gate.Set();

        ExpectMsg("after");
    }

    [Fact]
    public void Third_failure_within_the_window_should_stop_when_two_are_allowed()
    {
        var child = Child(Parent(new OneForOneStrategy(2, TimeSpan.FromMinutes(1), _ => Directive.Restart)), Lived.Props(TestActor));
        Watch(child);
        ExpectMsg("new");
        ExpectMsg("PreStart");

        for (var failure = 0; failure < 2; failure++)
        {
            child.Tell(new Boom());
            ExpectRestart();
        }
        child.Tell(new Boom());

        ExpectMsg("PostStop");
        ExpectTerminated(child);
    }

    [Fact]
    public void No_retries_should_mean_that_nothing_is_restarted()
    {
        var child = Child(Parent(new OneForOneStrategy(0, TimeSpan.FromMinutes(1), _ => Directive.Restart)), Lived.Props(TestActor));
        Watch(child);
        child.Tell(new Boom());

        ExpectMsg("new");
        ExpectMsg("PreStart");
        ExpectMsg("PostStop");
        ExpectTerminated(child);
    }

    [Fact]
    public void Retries_below_zero_should_mean_no_limit()
    {
        var child = Child(Parent(new OneForOneStrategy(-1, -1, _ => Directive.Restart)), Lived.Props(TestActor));
        ExpectMsg("new");
        ExpectMsg("PreStart");

        for (var failure = 0; failure < 20; failure++)
        {
            child.Tell(new Boom());
            ExpectRestart();
        }
    }

    [Fact]
    public void AllForOne_should_restart_the_siblings()
    {
        var (first, second) = (CreateTestProbe(), CreateTestProbe());
        var parent = Parent(new AllForOneStrategy(5, TimeSpan.FromMinutes(1), _ => Directive.Restart));
        var child = Child(parent, Lived.Props(first.Ref));
        Child(parent, Lived.Props(second.Ref));
        second.ExpectMsg("new");
        second.ExpectMsg("PreStart");

        child.Tell(new Boom("A"));

        second.ExpectMsg("PreRestart A ");
        second.ExpectMsg("PostStop");
        second.ExpectMsg("new");
        second.ExpectMsg("PostRestart A");
        second.ExpectMsg("PreStart");
    }

    [Fact]
    public void AllForOne_should_stop_the_siblings()
    {
        var parent = Parent(new AllForOneStrategy(_ => Directive.Stop));
        var child = Child(parent, Lived.Props(Sys.DeadLetters));
        var sibling = Child(parent, Lived.Props(Sys.DeadLetters));
        Watch(sibling);

        child.Tell(new Boom());

        ExpectTerminated(sibling);
    }

    [Fact]
    public void Escalate_should_fail_the_parent_and_restart_it_with_its_children_gone()
    {
        var grandparent = Parent(new OneForOneStrategy(_ => Directive.Restart));
        var parents = CreateTestProbe();
        var parent = Child(grandparent, Make.Props(() => new Escalating(parents.Ref, Lived.Props(TestActor))));
        var child = parents.ExpectMsg<IActorRef>();
        Watch(child);

        child.Tell(new Boom());

        parents.ExpectMsg("restarting");
        Assert.NotEqual(child, parents.ExpectMsg<IActorRef>());
        FishForMessage(message => message is Terminated);
        Assert.NotNull(parent);
    }

    private void ExpectRestart()
    {
        ExpectMsg("PreRestart boom boom");
        ExpectMsg("PostStop");
        ExpectMsg("new");
        ExpectMsg("PostRestart boom");
        ExpectMsg("PreStart");
    }

    private sealed class Escalating : UntypedActor
    {
        private readonly IActorRef _probe;

        public Escalating(IActorRef probe, Props child)
        {
            _probe = probe;
            probe.Tell(Context.ActorOf(child));
        }

        protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);

        protected override void PreRestart(Exception reason, object message)
        {
            _probe.Tell("restarting");
            base.PreRestart(reason, message);
        }

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
