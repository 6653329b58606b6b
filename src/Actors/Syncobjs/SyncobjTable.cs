using System.Diagnostics.CodeAnalysis;
using DrmActors.Messages;

namespace DrmActors.Actors.Syncobjs;

/// <summary>A file's syncobjs: from 1 upward, the lowest free handle first.</summary>
internal sealed class SyncobjTable
{
    private readonly IdTable<Syncobj> _syncobjs = new();

    public IEnumerable<(SyncobjHandle Handle, Syncobj Syncobj)> Held =>
        _syncobjs.Held.Select(held => (new SyncobjHandle((uint)held.Id), held.Item));

    public SyncobjHandle Add(Syncobj syncobj) => new((uint)_syncobjs.Add(syncobj));

    public bool TryFind(SyncobjHandle handle, [NotNullWhen(true)] out Syncobj? syncobj) => (syncobj = _syncobjs.Find((int)handle.Value)) is not null;

    /// <summary>False where the handle is not held.</summary>
    public bool Remove(SyncobjHandle handle) => _syncobjs.Remove((int)handle.Value) is not null;
}
