using Akka.Actor;

namespace DrmActors.Bench;

/// <summary>The yardstick of a buffer's life: an Ask whose answer comes after an empty actor was created, and one after it was told to stop.</summary>
internal sealed class BareActors : IDisposable
{
    private static readonly object Create = "create";
    private static readonly object Stop = "stop";
    private readonly ActorSystem _system = ActorSystem.Create("bare", "akka { stdout-loglevel = OFF, loglevel = OFF }");
    private readonly IActorRef[] _parents;

    public BareActors(int count)
    {
        _parents = new IActorRef[count];
        for (var i = 0; i < count; i++)
            _parents[i] = _system.ActorOf(Props.CreateBy(new Producer<Parent>()), $"parent-{i}");
    }

    public async Task CreateAndStop(int parent)
    {
        await _parents[parent].Ask<object>(Create);
        await _parents[parent].Ask<object>(Stop);
    }

    public void Dispose() => _system.Terminate().Wait();

    private sealed class Parent : UntypedActor
    {
        private readonly Props _props = Props.CreateBy(new Producer<Empty>());
        private IActorRef _child = ActorRefs.Nobody;
        private long _last;

        protected override void OnReceive(object message)
        {
            if (ReferenceEquals(message, Create))
                _child = Context.ActorOf(_props, (++_last).ToString());
            else
                Context.Stop(_child);
            Sender.Tell(message);
        }
    }

    private sealed class Empty : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }

    private sealed class Producer<TActor> : IIndirectActorProducer
        where TActor : ActorBase, new()
    {
        public Type ActorType => typeof(TActor);

        public ActorBase Produce() => new TActor();

        public void Release(ActorBase actor)
        {
        }
    }
}
