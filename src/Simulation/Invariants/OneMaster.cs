using DrmActors.Messages;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Invariants;

internal sealed class OneMaster : Invariant
{
    // Since when a file has been master for certain: from the end of its SET_MASTER to the beginning of what ends it.
    private readonly Dictionary<ulong, long> _certain = [];

    // Who has dropped it, since then.
    private readonly Dictionary<ulong, long> _dropped = [];

    // A lessee is master by its lessor, and while that one is.
    private readonly Dictionary<ulong, ulong> _lessors = [];

    public override string Protects => "a card has at most one master, and what only a master may do nobody else does";

    public override void OnBegin(ObservedCall call)
    {
        if (call.Call is DropMaster or CloseFile or KillFile)
            _certain.Remove(call.File);
        if (call.Call is SetMaster)
            _dropped.Remove(call.File);
    }

    public override void OnEnd(ObservedCall call)
    {
        if (call is { Ok: true, Call: DropMaster })
            _dropped[call.File] = call.Ended;
        if (!call.Ok || !IsMasters(call.Call))
            return;
        if (call.Value is HeldLease lease)
            _lessors[lease.File] = call.File;
        var master = _lessors.GetValueOrDefault(call.File, call.File);
        if (_dropped.TryGetValue(master, out var dropped) && dropped < call.Began)
            throw Violated(call, "it has dropped that");
        // It was master at some time while the call ran; another that was all that time was so too.
        foreach (var (file, since) in _certain)
            if (file != master && FileNumber.DeviceOf(file) == FileNumber.DeviceOf(master) && since < call.Began)
                throw Violated(call, $"file {file} is master");
        if (call.Call is SetMaster)
            _certain.TryAdd(master, call.Ended);
    }

    private static bool IsMasters(IIoctl call) =>
        call is SetMaster || (IoctlTable.RowOf(call)?.Rights.HasFlag(IoctlRights.Master) ?? false);
}
