using Akka.Actor;

namespace DrmActors.Runtime.Tests.Behaviours;

/// <summary>Behaviour 15.</summary>
public sealed class PropsSpecs : RuntimeSpec
{
    [Fact]
    public void Expression_should_evaluate_its_arguments_once()
    {
        var calls = 0;
        Func<int> make = () => ++calls;
        var probe = TestActor;
        var props = Props.Create(() => new Says(probe, make()));
        Assert.Equal(1, calls);

        var actor = Sys.ActorOf(props);
        Sys.ActorOf(props);
        ExpectMsg(1);
        ExpectMsg(1);
        actor.Tell(new Boom());

        ExpectMsg(1);
        Assert.Equal(1, calls);
    }

    [Fact]
    public void Expression_other_than_new_should_throw()
    {
        var probe = TestActor;
        var flag = true;

        Assert.ThrowsAny<Exception>(() => Props.Create(() => flag ? new Says(probe, 1) : new Says(probe, 2)));
        Assert.ThrowsAny<Exception>(() => Props.Create(() => new Says(probe, 1) { Extra = 2 }));
    }

    [Fact]
    public void Type_and_arguments_should_find_the_constructor()
    {
        Sys.ActorOf(Props.Create(typeof(Says), TestActor, 3));
        Sys.ActorOf(Props.Create<Says>(TestActor, 4));

        ExpectMsgAllOf(3, 4);
    }

    [Fact]
    public void Producer_should_make_every_incarnation_and_get_it_back()
    {
        var producer = new Counting(TestActor);
        var actor = Sys.ActorOf(Props.CreateBy(producer));
        Watch(actor);
        ExpectMsg(1);

        actor.Tell(new Boom());
        ExpectMsg(2);
        actor.Tell(PoisonPill.Instance);

        ExpectTerminated(actor);
        AwaitAssert(() => Assert.Equal(2, Volatile.Read(ref producer.Released)));
    }

    [Fact]
    public void Type_that_is_not_an_actor_should_be_refused() => Assert.ThrowsAny<Exception>(() => Props.Create(typeof(string)));

    private sealed class Says : UntypedActor
    {
        public Says(IActorRef probe, int value) => probe.Tell(value);

        public int Extra { get; set; }

        protected override void OnReceive(object message) => throw (Exception)message;
    }

    private sealed class Counting(IActorRef probe) : IIndirectActorProducer
    {
        private int _made;
        public int Released;

        public Type ActorType => typeof(Says);

        public ActorBase Produce() => new Says(probe, ++_made);

        public void Release(ActorBase actor) => Interlocked.Increment(ref Released);
    }
}
