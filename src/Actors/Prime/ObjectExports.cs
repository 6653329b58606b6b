using DrmActors.Actors.Gem;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Prime;

/// <summary>
/// The dma-bufs that an object has been exported as. One at a time is kept for the next export; another may still be held from the time before the
/// object had no handle. Each holds the object from here, until it is forgotten. Files export and import by themselves, under its lock, so that neither
/// waits for the object: its actor takes in who has a handle by it now before it decides anything. Thread-safe.
/// </summary>
internal sealed class ObjectExports(GemServices gem)
{
    private readonly Lock _lock = new();

    // Those that hold the object, each linked to the next.
    private DmaBuf? _held;
    private volatile DmaBuf? _kept;
    private volatile ulong[]? _importers;
    private ulong _lastId;
    private bool _isLost;

    /// <summary>There is one that further exports give.</summary>
    public bool HasKept => _kept is not null;

    /// <summary>One of them holds the object.</summary>
    public bool IsHolding => Volatile.Read(ref _held) is not null;

    /// <summary>Those that hold the object, the oldest first.</summary>
    public IReadOnlyList<DmaBuf> Held
    {
        get
        {
            var held = new List<DmaBuf>();
            lock (_lock)
                for (var buffer = _held; buffer is not null; buffer = buffer.NextHeld)
                    held.Insert(0, buffer);
            return held;
        }
    }

    /// <summary>What exports give, made by the first. For a file that has a handle: as long as that is open, the object keeps it.</summary>
    /// <returns>ENODEV where the object has ended, or what the driver says.</returns>
    public Errno Export(GemReference reference, bool isWritable, out DmaBuf? buffer)
    {
        lock (_lock)
        {
            buffer = _kept;
            if (buffer is not null)
                return Errno.None;
            var errno = _isLost ? Errno.ENODEV : gem.Driver.GemPrimeExport(reference.Id, isWritable);
            if (errno != Errno.None)
                return errno;
            buffer = new DmaBuf(gem, reference, ++_lastId, isWritable, _lock) { NextHeld = _held };
            _held = _kept = buffer;
            return Errno.None;
        }
    }

    /// <summary>
    /// A file of the same device has a handle by one of them, and the driver has been asked. The hold that the file has on it is the object's from now on,
    /// for further exports, unless there is one already.
    /// </summary>
    /// <returns>ENODEV where the object has ended; then the hold stays the file's.</returns>
    public Errno Import(ulong file, DmaBuf buffer)
    {
        lock (_lock)
        {
            if (_isLost)
                return Errno.ENODEV;
            _importers = [.. _importers ?? [], file];
            if (_kept is null)
            {
                _kept = buffer;
                return Errno.None;
            }
        }

        buffer.Drop();
        return Errno.None;
    }

    /// <summary>The files that have got a handle by an import since the last time; null for none. By the object.</summary>
    public ulong[]? TakeImporters()
    {
        if (_importers is null)
            return null;
        lock (_lock)
        {
            var importers = _importers;
            _importers = null;
            return importers;
        }
    }

    /// <summary>The last handle that the object knows of is gone.</summary>
    /// <returns>False, and nothing happens, where another one has come by an import meanwhile.</returns>
    public bool TryLetGo()
    {
        lock (_lock)
        {
            if (_importers is not null && gem.Driver.Planted != PlantedBug.ImportMissedAtClose)
                return false;
            if (_kept is { } kept && kept.LetGo())
                Unlink(kept);
            _kept = null;
            return true;
        }
    }

    /// <summary>One of them holds the object no longer.</summary>
    public void Forget(ulong id)
    {
        lock (_lock)
        {
            var buffer = _held;
            while (buffer is not null && buffer.Holder.Id != id)
                buffer = buffer.NextHeld;
            if (buffer is not null)
                Unlink(buffer);
        }
    }

    /// <summary>The object ends, whoever holds it.</summary>
    public void Lose()
    {
        DmaBuf? kept;
        lock (_lock)
        {
            for (; _held is not null; _held = _held.NextHeld)
                _held.Lose();
            kept = _kept;
            _kept = null;
            _isLost = true;
        }

        kept?.Drop();
    }

    private void Unlink(DmaBuf ended)
    {
        if (_held == ended)
            _held = ended.NextHeld;
        for (var buffer = _held; buffer is not null; buffer = buffer.NextHeld)
            if (buffer.NextHeld == ended)
                buffer.NextHeld = ended.NextHeld;
    }
}
