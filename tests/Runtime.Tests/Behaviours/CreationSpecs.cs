using Akka.Actor;

namespace DrmActors.Runtime.Tests.Behaviours;

/// <summary>Behaviour 1.</summary>
public sealed class CreationSpecs : RuntimeSpec
{
    [Fact]
    public void ActorOf_should_return_before_the_constructor_has_run()
    {
        using var gate = new ManualResetEventSlim();
        var made = false;
        var actor = Sys.ActorOf(Make.Props(() =>
        {
            Assert.True(gate.Wait(Patience));
            Volatile.Write(ref made, true);
            return Lived.Props(TestActor).NewActor();
        }));

        Assert.False(Volatile.Read(ref made));
        gate.Set();

        ExpectMsg("new");
        ExpectMsg("PreStart");
        Assert.NotNull(actor);
    }

    [Fact]
    public void Constructor_that_throws_should_reach_the_parents_decider_and_stop_the_child()
    {
        var decider = CreateTestProbe();
        var parent = Parent(new OneForOneStrategy(cause =>
        {
            decider.Ref.Tell(cause);
            return SupervisorStrategy.DefaultDecider.Decide(cause);
        }));

        var child = Child(parent, Make.Props<Lived>(() => throw new Boom()));
        Watch(child);

        var cause = decider.ExpectMsg<ActorInitializationException>();
        Assert.IsType<Boom>(cause.GetBaseException());
        ExpectTerminated(child);
    }

    [Fact]
    public void PreStart_that_throws_should_be_an_initialization_failure_too()
    {
        var decider = CreateTestProbe();
        var parent = Parent(new OneForOneStrategy(cause =>
        {
            decider.Ref.Tell(cause);
            return Directive.Stop;
        }));

        Watch(Child(parent, Make.Props(() => new FailsToStart())));

        Assert.IsType<Boom>(decider.ExpectMsg<ActorInitializationException>().GetBaseException());
        ExpectMsg<Terminated>();
    }

    [Fact]
    public void Name_that_is_taken_empty_or_illegal_should_be_refused()
    {
        Act((message, context) =>
        {
            context.ActorOf(Lived.Props(context.System.DeadLetters), "a");
            Assert.Throws<InvalidActorNameException>(() => context.ActorOf(Lived.Props(context.System.DeadLetters), "a"));
            Assert.Throws<InvalidActorNameException>(() => context.ActorOf(Lived.Props(context.System.DeadLetters), ""));
            Assert.Throws<InvalidActorNameException>(() => context.ActorOf(Lived.Props(context.System.DeadLetters), "$a"));
            Assert.Throws<InvalidActorNameException>(() => context.ActorOf(Lived.Props(context.System.DeadLetters), "a/b"));
            context.Sender.Tell("refused");
        }).Tell("go");

        ExpectMsg("refused");
    }

    [Fact]
    public void Names_that_are_numbers_should_be_told_apart_by_spelling()
    {
        Act((message, context) =>
        {
            foreach (var name in new[] { "0", "7", "07", "12345678901234567890123", "-1" })
            {
                var child = context.ActorOf(Lived.Props(context.System.DeadLetters), name);
                Assert.Equal(name, child.Path.Name);
                Assert.Equal(child, context.Child(name));
            }
            Assert.Equal(ActorRefs.Nobody, context.Child("007"));
            context.Sender.Tell(context.GetChildren().Count());
        }).Tell("go");

        ExpectMsg(5);
    }

    [Fact]
    public void Constructor_outside_of_ActorOf_should_throw()
    {
        IActorRef nobody = ActorRefs.Nobody;
        Assert.Throws<ActorInitializationException>(() => OnBareThread(() => new Lived(nobody, "", null)));
    }

    /// <summary>The kit puts a cell on the test's own thread.</summary>
    private static void OnBareThread(Action action)
    {
        Exception? thrown = null;
        var thread = new Thread(() =>
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                thrown = e;
            }
        });
        thread.Start();
        thread.Join();
        if (thrown is not null)
            throw thrown;
    }

    private sealed class FailsToStart : UntypedActor
    {
        protected override void PreStart() => throw new Boom();

        protected override void OnReceive(object message) => Unhandled(message);
    }
}
