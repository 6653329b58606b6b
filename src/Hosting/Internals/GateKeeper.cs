using Akka.Actor;
using DrmActors.Actors;
using DrmActors.Messages;

namespace DrmActors.Hosting.Internals;

/// <summary>Watch the actor behind a gate.</summary>
internal sealed record Guard(CallGate Gate);

/// <summary>Closes each gate when the actor behind it dies, so that no caller waits for an answer that cannot come (/user/host).</summary>
internal sealed class GateKeeper : DrmActor
{
    private readonly Dictionary<IActorRef, CallGate> _gates = [];

    private GateKeeper()
    {
    }

    public static Props Props() => ActorProps.Of(static () => new GateKeeper());

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Guard guard:
                _gates[guard.Gate.Actor] = guard.Gate;
                Context.Watch(guard.Gate.Actor);
                break;
            case Terminated terminated:
                if (_gates.Remove(terminated.ActorRef, out var gate))
                    gate.Close(Errno.ENODEV);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    protected override void PostStop()
    {
        foreach (var gate in _gates.Values)
            gate.Close(Errno.ENODEV);
    }
}
