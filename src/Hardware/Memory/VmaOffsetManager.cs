namespace DrmActors.Hardware.Memory;

/// <summary>
/// The fake offsets at which the objects of one device are mapped through its file (the kernel's
/// <c>drm_vma_offset_manager</c>). They say which object is meant, and lie above all that fits in 32 bits, where older
/// kinds of mappings were. The smallest hole that is large enough is taken, else the space above all others.
/// Every call takes O(log n). Not thread-safe: the device's actor owns it.
/// </summary>
public sealed class VmaOffsetManager
{
    // drm_vma_manager.h, for 64 bits: 256 times 4 GiB from 4 GiB on.
    private const long First = 1L << 32;
    private const long End = First + ((1L << 32) * 256);

    private readonly Dictionary<long, (ulong Object, long Length)> _taken = [];

    // The holes below _top, none of which touches another one or _top, in three orders.
    private readonly SortedSet<(long Length, long Start)> _bySize = [];
    private readonly Dictionary<long, long> _lengthByStart = [];
    private readonly Dictionary<long, long> _startByEnd = [];
    private long _top = First;

    public int Count => _taken.Count;

    /// <param name="objectId">Comes back from <see cref="TryFindExact"/>.</param>
    /// <param name="length">In bytes, rounded up to a page.</param>
    /// <returns>A page multiple; 0 when the space is full (ENOSPC).</returns>
    public long Allocate(ulong objectId, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        if (length > End - First)
            return 0;
        length = (length + Arena.PageSize - 1) / Arena.PageSize * Arena.PageSize;
        var start = TakeHole(length);
        if (start == 0)
        {
            if (length > End - _top)
                return 0;
            start = _top;
            _top += length;
        }
        _taken.Add(start, (objectId, length));
        return start;
    }

    /// <param name="offset">Must be the start: an offset into the object finds nothing, as mmap wants it.</param>
    public bool TryFindExact(long offset, out ulong objectId, out long length)
    {
        var found = _taken.TryGetValue(offset, out var entry);
        (objectId, length) = entry;
        return found;
    }

    /// <exception cref="ArgumentException">Nothing starts at <paramref name="offset"/>.</exception>
    public void Free(long offset)
    {
        if (!_taken.Remove(offset, out var entry))
            throw new ArgumentException($"No object starts at {offset:x}.", nameof(offset));
        var (start, length) = (offset, entry.Length);
        if (_lengthByStart.TryGetValue(start + length, out var next))
        {
            RemoveHole(start + length, next);
            length += next;
        }
        if (_startByEnd.TryGetValue(start, out var previous))
        {
            RemoveHole(previous, start - previous);
            length += start - previous;
            start = previous;
        }
        if (start + length == _top)
            _top = start;
        else
            AddHole(start, length);
    }

    private long TakeHole(long length)
    {
        if (_bySize.Count == 0 || _bySize.Max.Length < length)
            return 0;
        var (found, start) = _bySize.GetViewBetween((length, 0), (long.MaxValue, 0)).Min;
        RemoveHole(start, found);
        if (found > length)
            AddHole(start + length, found - length);
        return start;
    }

    private void AddHole(long start, long length)
    {
        _bySize.Add((length, start));
        _lengthByStart.Add(start, length);
        _startByEnd.Add(start + length, start);
    }

    private void RemoveHole(long start, long length)
    {
        _bySize.Remove((length, start));
        _lengthByStart.Remove(start);
        _startByEnd.Remove(start + length);
    }
}
