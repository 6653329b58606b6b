using System.Collections.Immutable;

namespace DrmActors.Actors.Drivers;

/// <summary>
/// What devices have of each other's memory, by the objects of one of them, as its driver was told: each count goes up and down again, and is 0 when the
/// object ends. Thread-safe.
/// </summary>
internal sealed class ObjectUses
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ulong, UseCounts> _counts = [];

    /// <summary>Those with something that is not 0.</summary>
    public ImmutableDictionary<ulong, UseCounts> All
    {
        get
        {
            lock (_lock)
                return _counts.ToImmutableDictionary();
        }
    }

    public void Add(ulong gem, UseCounts more)
    {
        lock (_lock)
        {
            var sum = _counts.GetValueOrDefault(gem) + more;
            if (sum == default)
                _counts.Remove(gem);
            else
                _counts[gem] = sum;
        }
    }
}

/// <param name="Attached">Devices that have attached to the object.</param>
/// <param name="Pinned">How often its memory has to stay where it is.</param>
/// <param name="Tables">Who was told where that is.</param>
/// <param name="Mapped">Devices that read it with the processor.</param>
/// <param name="Imported">1 for an object around another device's memory.</param>
internal readonly record struct UseCounts(int Attached = 0, int Pinned = 0, int Tables = 0, int Mapped = 0, int Imported = 0)
{
    public static UseCounts operator +(UseCounts a, UseCounts b) =>
        new(a.Attached + b.Attached, a.Pinned + b.Pinned, a.Tables + b.Tables, a.Mapped + b.Mapped, a.Imported + b.Imported);

    public override string ToString()
    {
        (int Count, string What)[] all = [(Attached, "attachments"), (Pinned, "pins"), (Tables, "sg tables"), (Mapped, "vmaps"), (Imported, "imports")];
        return this == default ? "nothing" : string.Join(", ", all.Where(a => a.Count != 0).Select(a => $"{a.Count} {a.What}"));
    }
}
