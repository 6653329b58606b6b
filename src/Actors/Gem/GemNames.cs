using System.Collections.Immutable;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Gem;

/// <summary>The global names of a device's objects (FLINK): from 1 upward, the lowest free one first.</summary>
internal sealed class GemNames
{
    private readonly IdTable<GemEntry> _entries = new();

    public ImmutableArray<(GemName Name, GemReference Object)> All => [.. _entries.Held.Select(held => (held.Item.Name, held.Item.Object))];

    public GemEntry? Find(GemName name) => _entries.Find((int)name.Value);

    public void Add(GemEntry entry) => entry.Name = new GemName((uint)_entries.Add(entry));

    /// <summary>Nothing for an object without a name.</summary>
    public void Free(GemEntry entry)
    {
        if (entry.Name.IsNone)
            return;
        _entries.Remove((int)entry.Name.Value);
        entry.Name = default;
    }
}
