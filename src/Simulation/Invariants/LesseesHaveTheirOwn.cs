using DrmActors.Messages;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation.Invariants;

internal sealed class LesseesHaveTheirOwn : Invariant
{
    // What each lessee's file was lent, by whom, and since when it has it for certain: until what ends that begins.
    private readonly Dictionary<ulong, (ulong Lessor, HashSet<uint> Objects)> _lent = [];
    private readonly HashSet<ulong> _certain = [];

    public override string Protects => "nothing is lent twice, and a lessee is told of what it has been lent and of nothing else";

    public override void OnBegin(ObservedCall call)
    {
        if (call.Call is CloseFile or KillFile or ModeRevokeLease)
            _certain.RemoveWhere(lessee => lessee == call.File || _lent[lessee].Lessor == call.File);
    }

    public override void OnEnd(ObservedCall call)
    {
        if (!call.Ok)
            return;
        if (call is { Call: ModeCreateLease wanted, Value: HeldLease lease })
            Lend(call, lease, [.. wanted.Objects]);
        else if (_lent.TryGetValue(call.File, out var mine))
            Compare(call, mine.Objects);
    }

    private void Lend(ObservedCall call, HeldLease lease, HashSet<uint> objects)
    {
        foreach (var other in _certain)
            if (_lent[other].Lessor == call.File && _lent[other].Objects.Overlaps(objects))
                throw Violated(call, $"file {other} has some of it already");
        _lent[lease.File] = (call.File, objects);
        _certain.Add(lease.File);
    }

    // A lease that was revoked meanwhile shows less.
    private void Compare(ObservedCall call, HashSet<uint> objects)
    {
        IEnumerable<uint> told = call.Value switch
        {
            ModeResources all => all.Crtcs.Select(c => c.Value).Concat(all.Connectors.Select(c => c.Value)),
            // Primary and cursor planes go with their CRTC, unnamed, where the lessor does not know of them.
            LeasedObjects all => all.Ids.Where(id => call.After?.State.Config.Find(new PlaneId(id)) is null),
            _ => [],
        };
        foreach (var id in told)
            if (!objects.Contains(id))
                throw Violated(call, $"object {id} was lent to another or to nobody");
    }
}
