using Akka.Actor;

namespace DrmActors.Runtime.Tests.Behaviours;

/// <summary>Handlers, behaviours and the stash.</summary>
public sealed class ActorSpecs : RuntimeSpec
{
    [Fact]
    public void ReceiveActor_should_try_its_handlers_in_order()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Handlers()));
        actor.Tell(5);
        actor.Tell(50);
        actor.Tell("text");
        actor.Tell('c');
        actor.Tell(1.5);

        ExpectMsg("small 5");
        ExpectMsg("int 50");
        ExpectMsg("string text");
        ExpectMsg("type c");
        ExpectMsg("any 1.5");
    }

    [Fact]
    public void Handler_after_one_that_takes_all_should_be_refused()
    {
        var decider = CreateTestProbe();
        Child(
            Parent(new OneForOneStrategy(cause =>
            {
                decider.Ref.Tell(cause);
                return Directive.Stop;
            })),
            Props.Create(() => new TooLate()));

        Assert.IsType<InvalidOperationException>(decider.ExpectMsg<ActorInitializationException>().GetBaseException());
    }

    [Fact]
    public void Behaviours_should_stack()
    {
        var actor = Act((message, context) =>
        {
            TestActor.Tell($"base {message}");
            context.BecomeStacked(upper =>
            {
                TestActor.Tell($"upper {upper}");
                context.UnbecomeStacked();
            });
        });
        foreach (var message in new[] { "a", "b", "c" })
            actor.Tell(message);

        ExpectMsg("base a");
        ExpectMsg("upper b");
        ExpectMsg("base c");
    }

    [Fact]
    public void AroundReceive_should_see_every_message_and_whether_it_was_handled()
    {
        var actor = Sys.ActorOf(Make.Props(() => new Around(TestActor)));
        actor.Tell("known");
        actor.Tell("unknown");

        ExpectMsg("before known");
        ExpectMsg("known True");
        ExpectMsg("before unknown");
        ExpectMsg("unknown False");
    }

    [Fact]
    public void Receive_passed_to_AroundReceive_should_be_callable_itself()
    {
        var actor = Sys.ActorOf(Make.Props(() => new Direct(TestActor)));

        actor.Tell("x");

        ExpectMsg("x");
    }

    [Fact]
    public void Stash_should_give_messages_back_in_order_before_what_waits()
    {
        var actor = Sys.ActorOf(Make.Props(() => new Stashing(TestActor)));
        foreach (var message in new[] { "one", "two", "three", "open", "four" })
            actor.Tell(message);

        foreach (var message in new[] { "one", "two", "three", "four" })
            ExpectMsg(message);
    }

    [Fact]
    public void Stash_should_refuse_a_message_twice()
    {
        var decider = CreateTestProbe();
        var actor = Child(
            Parent(new OneForOneStrategy(cause =>
            {
                decider.Ref.Tell(cause);
                return Directive.Stop;
            })),
            Make.Props(() => new StashesTwice()));

        actor.Tell("x");

        decider.ExpectMsg<IllegalActorStateException>();
    }

    private sealed class Handlers : ReceiveActor
    {
        public Handlers()
        {
            Receive<int>(i => Sender.Tell($"small {i}"), i => i < 10);
            Receive<int>(i => Sender.Tell($"int {i}"));
            Receive<string>(s =>
            {
                Sender.Tell($"string {s}");
                return true;
            });
            Receive(typeof(char), c => Sender.Tell($"type {c}"));
            ReceiveAny(o => Sender.Tell($"any {o}"));
        }
    }

    private sealed class TooLate : ReceiveActor
    {
        public TooLate()
        {
            ReceiveAny(_ => { });
            Receive<int>(_ => { });
        }
    }

    private sealed class Around : ReceiveActor
    {
        private readonly IActorRef _probe;

        public Around(IActorRef probe)
        {
            _probe = probe;
            Receive<string>(_ => { }, message => message == "known");
        }

        protected override bool AroundReceive(Receive receive, object message)
        {
            _probe.Tell($"before {message}");
            var handled = base.AroundReceive(receive, message);
            _probe.Tell($"{message} {handled}");
            return handled;
        }
    }

    private sealed class Direct(IActorRef probe) : UntypedActor
    {
        protected override bool AroundReceive(Receive receive, object message) => receive(message);

        protected override void OnReceive(object message) => probe.Tell(message);
    }

    private sealed class Stashing(IActorRef probe) : UntypedActor, IWithStash
    {
        public IStash Stash { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            if (message is not "open")
            {
                Stash.Stash();
                return;
            }
            Become(probe.Tell);
            Stash.UnstashAll();
        }
    }

    private sealed class StashesTwice : UntypedActor, IWithStash
    {
        public IStash Stash { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            Stash.Stash();
            Stash.Stash();
        }
    }
}
