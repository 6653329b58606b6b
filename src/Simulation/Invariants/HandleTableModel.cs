using System.Collections.Immutable;

namespace DrmActors.Simulation.Invariants;

/// <summary>
/// The sequential handle table, and whether a history of calls that overlapped could have come from it: some order of them in which none is moved
/// before one that had ended when it began (Wing and Gong 1993, with the remembered states of Lowe 2017). Where several orders explain a history, and
/// leave different tables, each of them may be the present one.
/// </summary>
internal sealed class HandleTableModel
{
    private const int MostUses = 64;
    private const int MostStates = 100_000;

    // Empty where nobody can tell any more: then everything is believed.
    private HashSet<HeldHandles> _possible = [HeldHandles.None];

    /// <summary>Takes over what happened while at least one call was under way, all of it.</summary>
    /// <returns>False where no order explains it. A history that is too long to decide is believed.</returns>
    public bool TryApply(IReadOnlyList<HandleUse> uses)
    {
        if (_possible.Count == 0)
            return true;
        var ends = new HashSet<HeldHandles>();
        var isKnown = uses.Count <= MostUses;
        var tried = new HashSet<(ulong Done, HeldHandles Held)>();
        foreach (var held in isKnown ? _possible : [])
            isKnown &= Explore(uses, 0, held, tried, ends);
        _possible = isKnown ? ends : [];
        return !isKnown || ends.Count > 0;
    }

    /// <summary>Whether so many handles may be held.</summary>
    public bool MayHold(int handles) => _possible.Count == 0 || _possible.Any(h => h.Count == handles);

    /// <returns>False where it takes too long.</returns>
    private static bool Explore(
        IReadOnlyList<HandleUse> uses, ulong done, HeldHandles held, HashSet<(ulong Done, HeldHandles Held)> tried, HashSet<HeldHandles> ends)
    {
        if (done == All(uses.Count))
        {
            ends.Add(held);
            return true;
        }

        if (!tried.Add((done, held)))
            return true;
        if (tried.Count > MostStates)
            return false;
        var firstEnd = long.MaxValue;
        for (var i = 0; i < uses.Count; i++)
            if (IsLeft(done, i))
                firstEnd = Math.Min(firstEnd, uses[i].Ended);
        for (var i = 0; i < uses.Count; i++)
            if (IsLeft(done, i) && uses[i].Began <= firstEnd && After(uses[i], held, uses.Count == 1) is { } next
                && !Explore(uses, done | (1UL << i), next, tried, ends))
                return false;
        return true;
    }

    /// <param name="alone">Then a new handle is the lowest free one; a call beside it may have had that for a moment.</param>
    /// <returns>Null where the use is impossible.</returns>
    private static HeldHandles? After(HandleUse use, HeldHandles held, bool alone)
    {
        var isHeld = held.Contains(use.Handle);
        return use.Effect switch
        {
            HandleEffect.Given or HandleEffect.Kept when !isHeld => !alone || held.LowestFree == use.Handle ? held.With(use.Handle) : null,
            HandleEffect.Given => null,
            HandleEffect.Taken => isHeld ? held.Without(use.Handle) : null,
            HandleEffect.Found or HandleEffect.Kept => isHeld ? held : null,
            HandleEffect.Missed => isHeld ? null : held,
            _ => held,
        };
    }

    private static bool IsLeft(ulong done, int index) => (done & (1UL << index)) == 0;

    private static ulong All(int count) => count == MostUses ? ulong.MaxValue : (1UL << count) - 1;

    /// <summary>A set of handles, equal to another with the same.</summary>
    private sealed class HeldHandles(ImmutableArray<uint> sorted) : IEquatable<HeldHandles>
    {
        public static readonly HeldHandles None = new([]);

        public int Count => sorted.Length;

        // Sorted and without gaps up to there, so each stands at its own place.
        public uint LowestFree
        {
            get
            {
                var free = 1u;
                while (free <= sorted.Length && sorted[(int)free - 1] == free)
                    free++;
                return free;
            }
        }

        public bool Contains(uint handle) => sorted.BinarySearch(handle) >= 0;

        public HeldHandles With(uint handle) => new(sorted.Insert(~sorted.BinarySearch(handle), handle));

        public HeldHandles Without(uint handle) => new(sorted.RemoveAt(sorted.BinarySearch(handle)));

        public bool Equals(HeldHandles? other) => other is not null && sorted.AsSpan().SequenceEqual(other.Sorted.AsSpan());

        public override bool Equals(object? obj) => Equals(obj as HeldHandles);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            foreach (var handle in sorted)
                hash.Add(handle);
            return hash.ToHashCode();
        }

        private ImmutableArray<uint> Sorted => sorted;
    }
}
