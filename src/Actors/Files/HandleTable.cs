using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Files;

/// <summary>A file's GEM handles: from 1 upward, the lowest free one first.</summary>
internal sealed class HandleTable
{
    private readonly List<GemReference?> _objects = [];
    private readonly PriorityQueue<uint, uint> _free = new();

    /// <summary>Those that have their objects.</summary>
    public IEnumerable<(GemHandle Handle, GemReference Object)> Held =>
        _objects.Select((o, i) => (new GemHandle((uint)i + 1), o!)).Where(held => held.Item2 is not null);

    /// <summary>Takes a handle for an object that is still being made; until it is set, nobody finds it.</summary>
    public GemHandle Reserve()
    {
        if (_free.TryDequeue(out var handle, out _))
            return new GemHandle(handle);
        _objects.Add(null);
        return new GemHandle((uint)_objects.Count);
    }

    /// <summary>Gives a reserved handle its object, or, without one, free again.</summary>
    public void Set(GemHandle handle, GemReference? reference)
    {
        _objects[(int)handle.Value - 1] = reference;
        if (reference is null)
            _free.Enqueue(handle.Value, handle.Value);
    }

    public GemReference? Find(GemHandle handle) =>
        handle.Value - 1 < (uint)_objects.Count ? _objects[(int)handle.Value - 1] : null;

    /// <summary>Null where the handle is not held.</summary>
    public GemReference? Remove(GemHandle handle)
    {
        if (Find(handle) is not { } reference)
            return null;
        Set(handle, null);
        return reference;
    }
}
