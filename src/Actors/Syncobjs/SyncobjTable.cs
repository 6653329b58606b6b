using System.Diagnostics.CodeAnalysis;
using DrmActors.Messages;

namespace DrmActors.Actors.Syncobjs;

/// <summary>A file's syncobjs: from 1 upward, the lowest free handle first.</summary>
internal sealed class SyncobjTable
{
    private readonly List<Syncobj?> _syncobjs = [];
    private readonly PriorityQueue<uint, uint> _free = new();

    public IEnumerable<(SyncobjHandle Handle, Syncobj Syncobj)> Held =>
        _syncobjs.Select((s, i) => (new SyncobjHandle((uint)i + 1), s!)).Where(held => held.Item2 is not null);

    public SyncobjHandle Add(Syncobj syncobj)
    {
        if (_free.TryDequeue(out var handle, out _))
        {
            _syncobjs[(int)handle - 1] = syncobj;
            return new SyncobjHandle(handle);
        }

        _syncobjs.Add(syncobj);
        return new SyncobjHandle((uint)_syncobjs.Count);
    }

    public bool TryFind(SyncobjHandle handle, [NotNullWhen(true)] out Syncobj? syncobj)
    {
        syncobj = handle.Value - 1 < (uint)_syncobjs.Count ? _syncobjs[(int)handle.Value - 1] : null;
        return syncobj is not null;
    }

    /// <summary>False where the handle is not held.</summary>
    public bool Remove(SyncobjHandle handle)
    {
        if (!TryFind(handle, out _))
            return false;
        _syncobjs[(int)handle.Value - 1] = null;
        _free.Enqueue(handle.Value, handle.Value);
        return true;
    }
}
