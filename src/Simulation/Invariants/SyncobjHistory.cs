namespace DrmActors.Simulation.Invariants;

/// <summary>
/// One syncobj, whoever has handles of it: what it may hold by what was done to it. Calls that overlap may have been in any order in which none is moved
/// before one that had ended when it began; each order that explains what they showed leaves a state that may be the present one.
/// </summary>
internal sealed class SyncobjHistory(SyncobjState first)
{
    private const int MostUses = 24;

    private readonly List<SyncobjUse> _uses = [];
    private HashSet<SyncobjState> _possible = [first];
    private int _underWay;
    private bool _isBelieved;

    /// <summary>What it holds, where a call that nothing else overlapped has left no doubt; else null.</summary>
    public SyncobjState? Known { get; private set; }

    public void Begin() => _underWay++;

    /// <returns>Null where all is well; else what no order of them explains.</returns>
    public string? End(IEnumerable<SyncobjUse> uses)
    {
        _uses.AddRange(uses);
        Known = null;
        if (--_underWay > 0 || _uses.Count == 0 || _isBelieved)
            return null;
        var ends = new HashSet<SyncobjState>();
        var tried = new HashSet<(uint Done, SyncobjState State)>();
        if (_uses.Count > MostUses)
            ends.Add(SyncobjState.Anything);
        else
            foreach (var state in _possible)
                Explore(0, state, tried, ends);
        var wrong = ends.Count > 0
            ? null
            : $"no order explains {string.Join("; ", _uses)} where it held {string.Join(" or ", _possible.Select(p => $"{p.Content} {p.Last}"))}";
        if (_uses.Count == 1 && ends.Count == 1)
            Known = ends.Single();
        _possible = ends;
        _uses.Clear();
        return wrong;
    }

    /// <summary>From here on things may be done to it that nobody sees.</summary>
    public void Distrust() => _isBelieved = true;

    private void Explore(uint done, SyncobjState state, HashSet<(uint Done, SyncobjState State)> tried, HashSet<SyncobjState> ends)
    {
        if (done == (1u << _uses.Count) - 1)
        {
            ends.Add(state);
            return;
        }

        if (!tried.Add((done, state)))
            return;
        var firstEnd = long.MaxValue;
        for (var i = 0; i < _uses.Count; i++)
            if ((done & (1u << i)) == 0)
                firstEnd = Math.Min(firstEnd, _uses[i].Ended);
        for (var i = 0; i < _uses.Count; i++)
        {
            if ((done & (1u << i)) != 0 || _uses[i].Began > firstEnd)
                continue;
            if (_uses[i].MayHaveFailed)
                Explore(done | (1u << i), state, tried, ends);
            if (_uses[i].After(state, isOver: _uses[i].Over <= firstEnd) is { } next)
                Explore(done | (1u << i), next, tried, ends);
        }
    }
}
