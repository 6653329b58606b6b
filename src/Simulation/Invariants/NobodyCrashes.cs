using DrmActors.Messages;

namespace DrmActors.Simulation.Invariants;

internal sealed class NobodyCrashes : Invariant
{
    public override string Protects => "no actor fails over a call, whatever the call asks for, unless it is made to";

    // Nothing else answers it.
    public override void OnEnd(ObservedCall call)
    {
        if (call is { Errno: Errno.EIO, IsInjected: false, Call: not InjectFault, Device: not { IsLossy: true } })
            throw Violated(call, "an actor crashed over it");
    }
}
