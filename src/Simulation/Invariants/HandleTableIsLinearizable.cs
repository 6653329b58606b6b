using DrmActors.Messages;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Invariants;

internal sealed class HandleTableIsLinearizable : Invariant
{
    private readonly Dictionary<ulong, HandleHistory> _files = [];

    public override string Protects => "the calls on a handle table answer as if they had been carried out one after the other, each between its beginning and its end";

    public override void OnBegin(ObservedCall call)
    {
        if (call.Call is CloseFile or KillFile)
            _files.Remove(call.File);
        if (!HandleUse.IsOne(call.Call) || call.Device is { IsLossy: true })
            return;
        if (!_files.TryGetValue(call.File, out var history))
            _files.Add(call.File, history = new HandleHistory());
        history.Begin(call);
    }

    public override void OnEnd(ObservedCall call)
    {
        // Of a file that has ended meanwhile nobody knows how far the call came.
        if (!_files.TryGetValue(call.File, out var history))
            return;
        if (call.Device is { IsLossy: true })
            _files.Remove(call.File);
        else if (history.End(call) is { } wrong)
            throw Violated(call, wrong);
    }
}
