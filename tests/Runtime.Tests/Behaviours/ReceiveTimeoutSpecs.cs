using Akka.Actor;

namespace DrmActors.Runtime.Tests.Behaviours;

/// <summary>Behaviour 17.</summary>
public sealed class ReceiveTimeoutSpecs : RuntimeSpec
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(100);

    [Fact]
    public void Receive_timeout_should_repeat_until_it_is_cleared()
    {
        var actor = Act(Handle);
        actor.Tell("set");

        for (var i = 0; i < 3; i++)
            ExpectMsg("time-out");
        actor.Tell("clear");
        // One may have been on its way.
        FishForMessage(message => message is "cleared");

        ExpectNoMsg(Timeout * 3);
    }

    [Fact]
    public void Message_that_does_not_influence_the_timeout_should_not_put_it_off()
    {
        var actor = Act(Handle);
        actor.Tell("set");
        Sys.Scheduler.ScheduleTellRepeatedly(TimeSpan.Zero, Timeout / 4, actor, new Tick(), ActorRefs.NoSender);

        ExpectMsg("time-out");
    }

    [Fact]
    public void Context_should_know_the_timeout()
    {
        Act((message, context) =>
        {
            Assert.Null(context.ReceiveTimeout);
            context.SetReceiveTimeout(TimeSpan.FromMinutes(1));
            TestActor.Tell(context.ReceiveTimeout!.Value);
        }).Tell("go");

        ExpectMsg(TimeSpan.FromMinutes(1));
    }

    private void Handle(object message, IUntypedActorContext context)
    {
        switch (message)
        {
            case "set":
                context.SetReceiveTimeout(Timeout);
                break;
            case "clear":
                context.SetReceiveTimeout(null);
                // What was due before comes before this.
                context.Self.Tell("cleared");
                break;
            case "cleared":
                TestActor.Tell("cleared");
                context.Become(_ => TestActor.Tell("late"));
                break;
            case ReceiveTimeout:
                TestActor.Tell("time-out");
                break;
        }
    }

    private sealed class Tick : INotInfluenceReceiveTimeout;
}
