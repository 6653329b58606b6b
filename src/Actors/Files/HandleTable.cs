using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Files;

/// <summary>A file's GEM handles: from 1 upward, the lowest free one first.</summary>
internal sealed class HandleTable
{
    private readonly List<GemReference?> _objects = [];
    private readonly PriorityQueue<uint, uint> _free = new();

    public int Count => _objects.Count - _free.Count;

    public GemHandle Add(GemReference reference)
    {
        if (_free.TryDequeue(out var handle, out _))
        {
            _objects[(int)handle - 1] = reference;
            return new GemHandle(handle);
        }

        _objects.Add(reference);
        return new GemHandle((uint)_objects.Count);
    }

    public GemReference? Find(GemHandle handle) =>
        handle.Value - 1 < (uint)_objects.Count ? _objects[(int)handle.Value - 1] : null;

    /// <summary>Null where the handle is not held.</summary>
    public GemReference? Remove(GemHandle handle)
    {
        if (Find(handle) is not { } reference)
            return null;
        _objects[(int)handle.Value - 1] = null;
        _free.Enqueue(handle.Value, handle.Value);
        return reference;
    }
}
