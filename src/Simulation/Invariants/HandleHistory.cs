namespace DrmActors.Simulation.Invariants;

/// <summary>The calls on the handle table of one file, as far as they are answered, and what the table may be by them.</summary>
internal sealed class HandleHistory
{
    private readonly List<ObservedCall> _underWay = [];
    private readonly List<HandleUse> _uses = [];
    private readonly HandleTableModel _model = new();

    public void Begin(ObservedCall call) => _underWay.Add(call);

    /// <returns>Null where all is well; else what no order of them explains.</returns>
    public string? End(ObservedCall call)
    {
        if (!_underWay.Remove(call))
            return null;
        _uses.AddRange(HandleUse.Of(call));
        // Between calls there is one table only: what came before cannot explain what comes after.
        if (_underWay.Count > 0)
            return null;
        var wrong = _model.TryApply(_uses) ? null : $"no order explains {string.Join(", ", _uses)}";
        _uses.Clear();
        return wrong;
    }

    /// <summary>Whether so many handles may be held.</summary>
    public bool MayHold(int handles) => _model.MayHold(handles);
}
