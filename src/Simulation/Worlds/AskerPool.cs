using Akka.Actor;

namespace DrmActors.Simulation.Worlds;

/// <summary>The actors that ask for one client: as many as it has questions at once.</summary>
internal sealed class AskerPool(ActorSystem system, string client)
{
    private readonly Stack<Asker> _idle = new();
    private int _count;

    public Asker Take()
    {
        if (_idle.TryPop(out var asker))
            return asker;
        return new Asker(this, system, $"{client.Replace('/', '-')}.{++_count}");
    }

    internal sealed class Asker
    {
        private readonly AskerPool _pool;
        private Action<object>? _pending;

        public Asker(AskerPool pool, ActorSystem system, string name)
        {
            _pool = pool;
            Actor = system.ActorOf(AnswerActor.Props(Answered), name);
        }

        public IActorRef Actor { get; }

        public void Begin(Action<object> pending) => _pending = pending;

        private void Answered(object reply)
        {
            // Only the first one: nobody has asked for a second.
            if (Interlocked.Exchange(ref _pending, null) is not { } pending)
                return;
            _pool._idle.Push(this);
            pending(reply);
        }
    }
}
