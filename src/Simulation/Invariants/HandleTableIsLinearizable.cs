using DrmActors.Messages;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Invariants;

internal sealed class HandleTableIsLinearizable : Invariant
{
    private readonly Dictionary<ulong, FileHistory> _files = [];

    public override string Protects => "the calls on a handle table answer as if they had been carried out one after the other, each between its beginning and its end";

    public override void OnBegin(ObservedCall call)
    {
        if (call.Call is CloseFile or KillFile)
            _files.Remove(call.File);
        if (!HandleUse.IsOne(call.Call) || call.Device is { IsLossy: true })
            return;
        if (!_files.TryGetValue(call.File, out var history))
            _files.Add(call.File, history = new FileHistory());
        history.UnderWay.Add(call);
    }

    public override void OnEnd(ObservedCall call)
    {
        // Of a file that has ended meanwhile nobody knows how far the call came.
        if (!_files.TryGetValue(call.File, out var history) || !history.UnderWay.Remove(call))
            return;
        if (call.Device is { IsLossy: true })
        {
            _files.Remove(call.File);
            return;
        }

        history.Uses.AddRange(HandleUse.Of(call));
        // Between calls there is one table only: what came before cannot explain what comes after.
        if (history.UnderWay.Count > 0)
            return;
        if (!history.Model.TryApply(history.Uses))
            throw Violated(call, $"no order explains {string.Join(", ", history.Uses)}");
        history.Uses.Clear();
    }

    private sealed class FileHistory
    {
        public List<ObservedCall> UnderWay { get; } = [];

        public List<HandleUse> Uses { get; } = [];

        public HandleTableModel Model { get; } = new();
    }
}
