using Akka.Actor;
using Akka.Event;

namespace DrmActors.Runtime.Tests.Behaviours;

/// <summary>Behaviours 6 and 7.</summary>
public sealed class MailboxSpecs : RuntimeSpec
{
    [Fact]
    public void System_messages_should_overtake_user_messages_between_two_of_one_run()
    {
        using var gate = new ManualResetEventSlim();
        var actor = Act((message, context) =>
        {
            TestActor.Tell(message);
            Assert.True(gate.Wait(Patience));
        });
        Watch(actor);
        actor.Tell("first");
        ExpectMsg("first");

        actor.Tell("second");
        ((IInternalActorRef)actor).Stop();
        gate.Set();

        ExpectTerminated(actor);
    }

    [Fact]
    public void PoisonPill_should_keep_its_place_in_the_mailbox()
    {
        using var gate = new ManualResetEventSlim();
        var actor = Act((message, context) =>
        {
            TestActor.Tell(message);
            Assert.True(gate.Wait(Patience));
        });
        Watch(actor);
        actor.Tell("first");
        actor.Tell("second");
        actor.Tell(PoisonPill.Instance);
        actor.Tell("third");
        gate.Set();

        ExpectMsg("first");
        ExpectMsg("second");
        ExpectTerminated(actor);
    }

    [Fact]
    public void Stop_of_self_should_let_the_handler_finish_and_turn_the_rest_into_dead_letters()
    {
        var letters = CreateTestProbe();
        Sys.EventStream.Subscribe(letters.Ref, typeof(DeadLetter));
        using var gate = new ManualResetEventSlim();
        var actor = Act((message, context) =>
        {
            Assert.True(gate.Wait(Patience));
            context.Stop(context.Self);
            TestActor.Tell("finished");
        });
        actor.Tell("first");
        actor.Tell("second");
        actor.Tell("third", TestActor);
        gate.Set();

        ExpectMsg("finished");
        var second = letters.ExpectMsg<DeadLetter>();
        var third = letters.ExpectMsg<DeadLetter>();
        Assert.Equal("second", second.Message);
        Assert.Equal(("third", TestActor, actor), (third.Message, third.Sender, third.Recipient));
    }

    [Fact]
    public void Name_of_a_stopping_child_should_stay_taken()
    {
        Act((message, context) =>
        {
            switch (message)
            {
                case "go":
                    var child = context.ActorOf(Lived.Props(context.System.DeadLetters), "child");
                    context.Watch(child);
                    context.Stop(child);
                    Assert.Throws<InvalidActorNameException>(() => context.ActorOf(Lived.Props(context.System.DeadLetters), "child"));
                    TestActor.Tell("taken");
                    break;
                case Terminated:
                    context.ActorOf(Lived.Props(context.System.DeadLetters), "child");
                    TestActor.Tell("free");
                    break;
            }
        }).Tell("go");

        ExpectMsg("taken");
        ExpectMsg("free");
    }

    [Fact]
    public void Messages_of_one_sender_should_arrive_in_order()
    {
        const int Count = 10_000;
        var next = 0;
        var actor = Act((message, context) =>
        {
            if ((int)message == next && ++next == Count)
                TestActor.Tell("in order");
        });
        for (var i = 0; i < Count; i++)
            actor.Tell(i);

        ExpectMsg("in order");
    }
}
