namespace DrmActors.Actors.Prime;

/// <summary>
/// The dma-bufs that an object has been exported as. One at a time is kept for the next export; another may still be held from the time before the
/// object had no handle. An object that was itself imported has none: it is exported as what it was imported from. Of the object's actor alone.
/// </summary>
/// <param name="import">Null for an object with memory of its own device.</param>
internal sealed class ObjectPrime(DmaBufAttachment? import = null)
{
    private readonly List<DmaBuf> _exports = [];
    private DmaBuf? _kept;
    private ulong _lastId;

    /// <summary>The memory of another device, around which the object was made.</summary>
    public DmaBufAttachment? Import => import;

    /// <summary>What exports give; null until there is one.</summary>
    public DmaBuf? Kept => import?.Buffer ?? _kept;

    /// <summary>Those that hold the object.</summary>
    public IReadOnlyList<DmaBuf> Exports => _exports;

    public DmaBuf Export(Func<ulong, DmaBuf> make)
    {
        var buffer = make(++_lastId);
        _exports.Add(buffer);
        if (buffer.TryHold())
            _kept = buffer;
        return buffer;
    }

    /// <summary>The object has a handle by it, and takes over a hold on it: further exports give this one, unless there is another already.</summary>
    public void Keep(DmaBuf buffer)
    {
        if (_kept is null)
            _kept = buffer;
        else
            buffer.Drop();
    }

    /// <summary>The last handle is gone.</summary>
    /// <returns>What ends with that; null where somebody else holds it, or there is none.</returns>
    public DmaBuf? LetGo()
    {
        var kept = _kept;
        _kept = null;
        return kept is not null && kept.LetGo() && _exports.Remove(kept) ? kept : null;
    }

    /// <summary>One of them holds the object no longer.</summary>
    public void Forget(ulong id) => _exports.RemoveAll(b => b.Holder.Id == id);

    /// <summary>The object ends, whoever holds it.</summary>
    public void Lose()
    {
        foreach (var buffer in _exports)
            buffer.Lose();
        _exports.Clear();
        _kept?.Drop();
        _kept = null;
    }
}
