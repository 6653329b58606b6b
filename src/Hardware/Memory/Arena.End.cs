namespace DrmActors.Hardware.Memory;

// The end: not before the last pin, and the last call that works outside of the lock.
public sealed partial class Arena
{
    /// <inheritdoc cref="Close"/>
    public void Dispose() => Close();

    /// <summary>Ends the arena and says what was still out. Memory that is pinned stays readable until the last pin goes.</summary>
    public LeakReport Close()
    {
        // No batch is under way behind the back of the release.
        lock (_punching)
        {
            lock (_lock)
            {
                var report = LeakReport.Of(_ledger.Usage);
                if (_disposed)
                    return report;
                _disposed = true;
                ReleaseIfUnused();
                return report;
            }
        }
    }

    private void Enter(int own)
    {
        if (own != PageTag.None)
            _underWay++;
    }

    private void Leave()
    {
        _underWay--;
        ReleaseIfUnused();
    }

    private void ReleaseIfUnused()
    {
        if (!_disposed || _released || _ledger.IsPinned || _underWay > 0)
            return;
        _released = true;
        foreach (var descriptor in _ledger.Descriptors())
            ArenaStore.CloseOwn(descriptor);
        _ledger.Dispose();
        _store.Dispose();
    }
}
