using DrmActors.Messages;

namespace DrmActors.Simulation.Invariants;

internal sealed class NobodyCrashes : Invariant
{
    public override string Protects => "no actor fails over a call, whatever the call asks for";

    // Nothing else answers it.
    public override void OnEnd(ObservedCall call)
    {
        if (call.Errno == Errno.EIO)
            throw Violated(call, "an actor crashed over it");
    }
}
