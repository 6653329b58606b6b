using System.Diagnostics.CodeAnalysis;
using DrmActors.Messages;

namespace DrmActors.Actors.Syncobjs;

/// <summary>A file's syncobjs: from 1 upward, the lowest free handle first. Thread-safe.</summary>
internal sealed class SyncobjTable
{
    private readonly Lock _lock = new();
    private readonly IdTable<Syncobj> _syncobjs = new();

    public IReadOnlyList<(SyncobjHandle Handle, Syncobj Syncobj)> Held
    {
        get
        {
            lock (_lock)
                return [.. _syncobjs.Held.Select(held => (new SyncobjHandle((uint)held.Id), held.Item))];
        }
    }

    public SyncobjHandle Add(Syncobj syncobj)
    {
        lock (_lock)
            return new((uint)_syncobjs.Add(syncobj));
    }

    public bool TryFind(SyncobjHandle handle, [NotNullWhen(true)] out Syncobj? syncobj)
    {
        lock (_lock)
            syncobj = _syncobjs.Find((int)handle.Value);
        return syncobj is not null;
    }

    /// <summary>False where the handle is not held.</summary>
    public bool Remove(SyncobjHandle handle)
    {
        lock (_lock)
            return _syncobjs.Remove((int)handle.Value) is not null;
    }
}
