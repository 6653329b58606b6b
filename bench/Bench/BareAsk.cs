using Akka.Actor;

namespace DrmActors.Bench;

/// <summary>The yardstick of a call: an Ask of an actor that answers with the question.</summary>
internal sealed class BareAsk : IAsyncDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("ask", "akka { stdout-loglevel = OFF, loglevel = OFF }");
    private readonly IActorRef _echo;

    public BareAsk() => _echo = _system.ActorOf(Props.CreateBy(new Producer()), "echo");

    public Task<object> AskAsync(object question) => _echo.Ask<object>(question);

    public async ValueTask DisposeAsync() => await _system.Terminate();

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    private sealed class Producer : IIndirectActorProducer
    {
        public Type ActorType => typeof(Echo);

        public ActorBase Produce() => new Echo();

        public void Release(ActorBase actor)
        {
        }
    }
}
