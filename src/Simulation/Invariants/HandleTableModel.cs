namespace DrmActors.Simulation.Invariants;

/// <summary>
/// The sequential handle table, and whether a history of calls that overlapped could have come from it: some order of them in which none is moved
/// before one that had ended when it began (Wing and Gong 1993, with the remembered states of Lowe 2017).
/// </summary>
internal sealed class HandleTableModel
{
    private const int MostUses = 64;
    private const int MostStates = 100_000;

    private readonly HashSet<uint> _held = [];

    /// <summary>Takes over what happened while at least one call was under way, all of it.</summary>
    /// <returns>False where no order explains it. A history that is too long to decide is believed.</returns>
    public bool TryApply(IReadOnlyList<HandleUse> uses)
    {
        var explained = uses.Count > MostUses || Explain(uses, 0, []);
        foreach (var handle in uses.GroupBy(u => u.Handle))
            if (handle.Sum(Balance) + (_held.Contains(handle.Key) ? 1 : 0) > 0)
                _held.Add(handle.Key);
            else
                _held.Remove(handle.Key);
        return explained;
    }

    // The table after some of the uses is the same in whatever order they were: what has been tried once need not be again.
    private bool Explain(IReadOnlyList<HandleUse> uses, ulong done, HashSet<ulong> tried)
    {
        if (done == All(uses.Count) || tried.Count > MostStates)
            return true;
        if (!tried.Add(done))
            return false;
        var firstEnd = long.MaxValue;
        for (var i = 0; i < uses.Count; i++)
            if (IsLeft(done, i))
                firstEnd = Math.Min(firstEnd, uses[i].Ended);
        for (var i = 0; i < uses.Count; i++)
        {
            if (!IsLeft(done, i) || uses[i].Began > firstEnd || !IsPossible(uses[i], uses.Count == 1))
                continue;
            Do(uses[i], undo: false);
            var explained = Explain(uses, done | (1UL << i), tried);
            Do(uses[i], undo: true);
            if (explained)
                return true;
        }

        return false;
    }

    /// <param name="alone">Then a new handle is the lowest free one; a call beside it may have had that for a moment.</param>
    private bool IsPossible(HandleUse use, bool alone) => use.Effect switch
    {
        HandleEffect.Given => !_held.Contains(use.Handle) && (!alone || IsLowest(use.Handle)),
        HandleEffect.Taken or HandleEffect.Found => _held.Contains(use.Handle),
        HandleEffect.Missed => !_held.Contains(use.Handle),
        _ => true,
    };

    private bool IsLowest(uint handle)
    {
        for (var lower = 1u; lower < handle; lower++)
            if (!_held.Contains(lower))
                return false;
        return true;
    }

    private void Do(HandleUse use, bool undo)
    {
        var balance = undo ? -Balance(use) : Balance(use);
        if (balance > 0)
            _held.Add(use.Handle);
        else if (balance < 0)
            _held.Remove(use.Handle);
    }

    private static int Balance(HandleUse use) => use.Effect switch
    {
        HandleEffect.Given => 1,
        HandleEffect.Taken => -1,
        _ => 0,
    };

    private static bool IsLeft(ulong done, int index) => (done & (1UL << index)) == 0;

    private static ulong All(int count) => count == MostUses ? ulong.MaxValue : (1UL << count) - 1;
}
