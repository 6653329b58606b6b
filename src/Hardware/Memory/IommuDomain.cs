using DrmActors.Messages;

namespace DrmActors.Hardware.Memory;

/// <summary>An access that the IOMMU refused, because nothing is mapped at <paramref name="Iova"/>.</summary>
public readonly record struct IommuFault(long Iova, bool Write);

/// <summary>
/// An address space for devices (I/O virtual addresses of 32 bits) with its page table. Thread-safe: the device's actor
/// maps, those of the attached VOPs translate.
/// </summary>
public sealed class IommuDomain : IDisposable
{
    // The page at address 0 is left out, so that 0 is never a valid address.
    private const long Start = Arena.PageSize;
    private const long End = 1L << 32;

    private readonly Lock _lock = new();
    private readonly ContiguousHeap _space = new(Start, End - Start);
    private readonly IommuPageTable _table = new();
    private readonly Action<IommuFault>? _onFault;
    private int _attached;
    private bool _disposed;

    /// <param name="onFault">Hears of each refused access, on the thread that tried it.</param>
    public IommuDomain(Action<IommuFault>? onFault = null)
    {
        _onFault = onFault;
    }

    /// <summary>How many devices are attached.</summary>
    public int Attached
    {
        get
        {
            lock (_lock)
                return _attached;
        }
    }

    public int MappedPages
    {
        get
        {
            lock (_lock)
                return _table.MappedPages;
        }
    }

    public void Attach()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _attached++;
        }
    }

    /// <exception cref="InvalidOperationException">None is attached.</exception>
    public void Detach()
    {
        lock (_lock)
        {
            if (_attached == 0)
                throw new InvalidOperationException("No device is attached to this domain.");
            _attached--;
        }
    }

    /// <summary>Maps an object in one piece of the address space.</summary>
    /// <returns>ENOMEM when no hole is large enough, EINVAL for an empty table, ENODEV when the domain is gone.</returns>
    public Errno TryMap(SgTable table, out long iova)
    {
        ArgumentNullException.ThrowIfNull(table);
        iova = 0;
        lock (_lock)
        {
            if (_disposed)
                return Errno.ENODEV;
            var error = _space.TryAllocate(table.Length, out iova);
            if (error != Errno.None)
                return error;
            var at = iova;
            foreach (var page in table.Pages())
            {
                if (_table.Map(at, page) != Errno.None)
                    throw new InvalidOperationException($"The address {at:x} is mapped twice.");
                at += Arena.PageSize;
            }
            return Errno.None;
        }
    }

    /// <exception cref="ArgumentException">Nothing was mapped at <paramref name="iova"/>, or it was unmapped before.</exception>
    public void Unmap(long iova)
    {
        lock (_lock)
        {
            // All was unmapped then.
            if (_disposed)
                return;
            var length = _space.Free(iova);
            for (var at = iova; at < iova + length; at += Arena.PageSize)
                _table.Unmap(at);
        }
    }

    /// <summary>Where an access of an attached device goes.</summary>
    /// <returns>False, and a fault, where nothing is mapped.</returns>
    public bool TryTranslate(long iova, bool write, out long physical)
    {
        lock (_lock)
        {
            if (_table.TryTranslate(iova, out physical))
                return true;
        }
        _onFault?.Invoke(new(iova, write));
        return false;
    }

    /// <summary>Unmaps and detaches what there is.</summary>
    /// <returns>How many pages were still mapped.</returns>
    public int Close()
    {
        lock (_lock)
        {
            var left = _table.MappedPages;
            _table.Clear();
            _attached = 0;
            _disposed = true;
            return left;
        }
    }

    /// <inheritdoc cref="Close"/>
    public void Dispose() => Close();
}
