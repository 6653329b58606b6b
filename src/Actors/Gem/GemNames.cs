using DrmActors.Messages;

namespace DrmActors.Actors.Gem;

/// <summary>The global names of a device's objects (FLINK): from 1 upward, the lowest free one first.</summary>
internal sealed class GemNames
{
    private readonly List<GemEntry?> _entries = [];
    private readonly PriorityQueue<uint, uint> _free = new();

    public GemEntry? Find(GemName name) => name.Value - 1 < (uint)_entries.Count ? _entries[(int)name.Value - 1] : null;

    public void Add(GemEntry entry)
    {
        if (!_free.TryDequeue(out var name, out _))
        {
            _entries.Add(null);
            name = (uint)_entries.Count;
        }

        _entries[(int)name - 1] = entry;
        entry.Name = new GemName(name);
    }

    /// <summary>Nothing for an object without a name.</summary>
    public void Free(GemEntry entry)
    {
        if (entry.Name.IsNone)
            return;
        _entries[(int)entry.Name.Value - 1] = null;
        _free.Enqueue(entry.Name.Value, entry.Name.Value);
        entry.Name = default;
    }
}
