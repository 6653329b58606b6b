using DrmActors.Actors.Fences;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Simulation.Invariants;

/// <summary>In a world alone: on threads a fence that came in time may be told of too late.</summary>
internal sealed class WaitsEndWithTheirFences : Invariant
{
    private readonly FenceLooks _looks = new();

    public override string Protects => "who waits for a sync file hears of it when all of its fences have come, neither before nor not at all";

    public override void OnBegin(ObservedCall call)
    {
        _looks.OnBegin(call);
        if (call.Call is WaitForSync wait)
            _looks.Begin(call, [wait.Descriptor]);
    }

    public override void OnEnd(ObservedCall call)
    {
        if (_looks.End(call) is not [var fence] || call.Call is not WaitForSync wait)
            return;
        var came = FenceLooks.TimeOf(fence);
        if (call.Errno == Errno.None && came is null)
            throw Violated(call, $"{fence.Parts.Count(p => !p.IsSignaled)} of its fences have yet to come");
        // A display controller tells when its vblank was, which may have been some time before.
        if (call.Errno == Errno.ETIME && came < wait.Until && fence.Parts.All(p => p is SwFence))
            throw Violated(call, $"the last of its fences came at {came} ns");
    }
}
