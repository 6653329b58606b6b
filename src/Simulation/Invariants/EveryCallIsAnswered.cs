namespace DrmActors.Simulation.Invariants;

internal sealed class EveryCallIsAnswered : Invariant
{
    private readonly List<ObservedCall> _pending = [];

    public override string Protects => "every call is answered, also when its file, its device or its display controller ends under it";

    public override void OnBegin(ObservedCall call) => _pending.Add(call);

    public override void OnEnd(ObservedCall call)
    {
        if (!_pending.Remove(call))
            throw Violated(call, "answered a second time");
    }

    public override string? AtEnd(QuietPoint start, QuietPoint now) => AtStandstill();

    public override string? AtStandstill() => _pending.Count == 0
        ? null
        : $"never answered: {string.Join("; ", _pending.Select(c => $"client {c.Client}, call {c.Step}, since message {c.Since}: {c}"))}";
}
