using Akka.Actor;
using Akka.Event;

namespace DrmActors.Runtime.Tests.Behaviours;

/// <summary>Behaviours 11 and 12.</summary>
public sealed class ReferenceSpecs : RuntimeSpec
{
    [Fact]
    public async Task Selection_should_find_the_same_reference()
    {
        var actor = Act((_, _) => { }, "found");

        Assert.Equal(actor, await Sys.ActorSelection("/user/found").ResolveOne(Patience));
        Assert.Equal(actor, await Sys.ActorSelection("akka://" + Sys.Name + "/user/found").ResolveOne(Patience));
        Assert.Equal(actor, await Sys.ActorSelection(actor.Path).ResolveOne(Patience));
        await Assert.ThrowsAsync<ActorNotFoundException>(() => Sys.ActorSelection("/user/lost").ResolveOne(Patience));
    }

    [Fact]
    public void Selection_should_walk_up_down_and_by_pattern()
    {
        var answers = CreateTestProbe();
        Act((message, context) =>
        {
            if (message is not "go")
                return;
            foreach (var name in new[] { "left-1", "left-2", "right" })
                context.ActorOf(Scripted.Props((told, inner) => answers.Ref.Tell($"{inner.Self.Path.Name} {told}")), name);
            context.ActorSelection("right").Tell("down");
            context.ActorSelection("../walker/right").Tell("around");
            context.ActorSelection("left-*").Tell("both");
        }, "walker").Tell("go");

        answers.ExpectMsgAllOf("right down", "right around", "left-1 both", "left-2 both");
    }

    [Fact]
    public void Reference_from_before_a_re_creation_should_lead_to_dead_letters()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(DeadLetter));
        var seen = CreateTestProbe();
        Act((message, context) =>
        {
            switch (message)
            {
                case "go":
                    var first = context.ActorOf(Scripted.Props((_, _) => { }), "again");
                    context.Watch(first);
                    context.Stop(first);
                    break;
                case Terminated terminated:
                    seen.Ref.Tell(terminated.ActorRef);
                    seen.Ref.Tell(context.ActorOf(Scripted.Props((told, _) => seen.Ref.Tell(told)), "again"));
                    break;
            }
        }, "parent").Tell("go");
        var old = seen.ExpectMsg<IActorRef>();
        var young = seen.ExpectMsg<IActorRef>();

        Assert.NotEqual(old, young);
        Assert.Equal(old.Path, young.Path);
        Assert.NotEqual(old.Path.Uid, young.Path.Uid);
        old.Tell("lost");
        Assert.Equal(old, ExpectMsg<DeadLetter>(letter => letter.Message is "lost").Recipient);
        Sys.ActorSelection("/user/parent/again").Tell("arrived");
        seen.ExpectMsg("arrived");
    }

    [Fact]
    public void Sender_should_be_dead_letters_where_there_is_none()
    {
        var actor = Act((_, context) => TestActor.Tell(context.Sender.Equals(context.System.DeadLetters) && context.Sender is not null));

        actor.Tell("x", ActorRefs.NoSender);

        ExpectMsg(true);
    }

    [Fact]
    public void Tell_should_find_its_sender_in_the_current_cell()
    {
        var actor = Act((_, _) => TestActor.Tell("x"));
        actor.Tell("go");

        ExpectMsg("x");
        Assert.Equal(actor, LastSender);
    }

    [Fact]
    public void Tell_should_have_no_sender_after_leaving_the_actors_context()
    {
        var actor = Sys.ActorOf(Make.Props(() => new Strays(TestActor)));
        actor.Tell("go");

        ExpectMsg("stray");
        Assert.NotEqual(actor, LastSender);
    }

    [Fact]
    public void Forward_should_keep_the_sender()
    {
        var relay = Act((message, _) => TestActor.Forward(message));
        var probe = CreateTestProbe();
        relay.Tell("x", probe);

        ExpectMsg("x");
        Assert.Equal(probe.Ref, LastSender);
    }

    [Fact]
    public void Path_should_be_spelled_with_address_and_names()
    {
        var actor = Act((_, _) => { }, "named");

        Assert.Equal($"akka://{Sys.Name}/user/named", actor.Path.ToString());
        Assert.Equal("/user/named", actor.Path.ToStringWithoutAddress());
        Assert.Equal(["user", "named"], actor.Path.Elements);
        Assert.Equal($"akka://{Sys.Name}/user", actor.Path.Parent.ToString());
        Assert.Equal($"akka://{Sys.Name}/", actor.Path.Root.ToString());
        Assert.Equal(actor.Path, ActorPath.Parse(actor.Path.ToString()));
        Assert.Equal(actor.Path.Uid, ActorPath.Parse(actor.Path.ToStringWithUid()).Uid);
    }

    private sealed class Strays : ReceiveActor
    {
        public Strays(IActorRef probe) => ReceiveAsync<string>(async _ =>
        {
            await Task.Delay(1).ConfigureAwait(false);
            probe.Tell("stray");
        });
    }
}
