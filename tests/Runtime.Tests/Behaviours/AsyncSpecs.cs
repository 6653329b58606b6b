using Akka.Actor;

namespace DrmActors.Runtime.Tests.Behaviours;

/// <summary>Behaviour 14.</summary>
public sealed class AsyncSpecs : RuntimeSpec
{
    [Fact]
    public void Awaiting_should_hold_user_messages_back_and_keep_the_sender()
    {
        var gate = new TaskCompletionSource();
        var actor = Sys.ActorOf(Make.Props(() => new Awaits(TestActor, gate.Task)));
        actor.Tell("first", TestActor);
        actor.Tell("second", ActorRefs.NoSender);
        ExpectMsg("begin first");
        ExpectNoMsg(Quiet);

        gate.SetResult();

        ExpectMsg("end first from me");
        ExpectMsg("begin second");
        ExpectMsg("end second from nobody");
    }

    [Fact]
    public void Actor_that_is_stopped_while_it_awaits_should_run_PostStop_and_never_the_rest()
    {
        var gate = new TaskCompletionSource();
        var actor = Sys.ActorOf(Make.Props(() => new Awaits(TestActor, gate.Task)));
        Watch(actor);
        actor.Tell("first");
        ExpectMsg("begin first");

        Sys.Stop(actor);

        ExpectMsg("PostStop");
        ExpectTerminated(actor);
        gate.SetResult();
        ExpectNoMsg(Quiet);
    }

    [Fact]
    public void Failure_after_an_await_should_reach_the_supervisor()
    {
        var gate = new TaskCompletionSource();
        var actor = Sys.ActorOf(Make.Props(() => new Awaits(TestActor, gate.Task)));
        actor.Tell("first");
        actor.Tell("second");
        ExpectMsg("begin first");

        gate.SetException(new Boom());

        ExpectMsg("PreRestart boom");
        ExpectMsg("PostStop");
        ExpectMsg("begin second");
    }

    [Fact]
    public void Two_suspended_actors_that_ask_each_other_should_hang()
    {
        IActorRef? second = null;
        var first = Sys.ActorOf(Make.Props(() => new Asks(TestActor, () => second!, TimeSpan.FromMilliseconds(300))));
        second = Sys.ActorOf(Make.Props(() => new Asks(Sys.DeadLetters, () => first, Patience)));

        first.Tell("go");

        ExpectMsg("time-out");
    }

    private sealed class Awaits : ReceiveActor
    {
        private readonly IActorRef _probe;

        public Awaits(IActorRef probe, Task gate)
        {
            _probe = probe;
            ReceiveAsync<string>(async message =>
            {
                probe.Tell($"begin {message}");
                await gate;
                probe.Tell($"end {message} from {(Sender.Equals(probe) ? "me" : "nobody")}");
            });
        }

        protected override void PreRestart(Exception reason, object message)
        {
            _probe.Tell($"PreRestart {reason.Message}");
            base.PreRestart(reason, message);
        }

        protected override void PostStop() => _probe.Tell("PostStop");
    }

    private sealed class Asks : ReceiveActor
    {
        public Asks(IActorRef probe, Func<IActorRef> other, TimeSpan timeout) => ReceiveAsync<string>(async _ =>
        {
            try
            {
                await other().Ask<string>("back", timeout);
            }
            catch (AskTimeoutException)
            {
                probe.Tell("time-out");
            }
        });
    }
}
