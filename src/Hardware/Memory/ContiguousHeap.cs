using DrmActors.Messages;

namespace DrmActors.Hardware.Memory;

/// <summary>
/// A fixed range of addresses that is given out in pieces without a gap: CMA memory, or an IOMMU's address space. The
/// first hole that is large enough is taken, so it fragments as the real one does. Not thread-safe.
/// </summary>
public sealed class ContiguousHeap
{
    // By address; no two of them touch.
    private readonly List<SgSegment> _holes;
    private readonly Dictionary<long, long> _taken = [];

    /// <param name="start">The first address, a page multiple.</param>
    /// <param name="length">In bytes, a page multiple.</param>
    public ContiguousHeap(long start, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(length);
        if ((start | length) % Arena.PageSize != 0)
            throw new ArgumentException($"The range {start:x}+{length:x} is not made of whole pages.", nameof(length));
        _holes = [new(start, length)];
        BytesFree = length;
    }

    public long BytesFree { get; private set; }

    public int Allocations => _taken.Count;

    /// <summary>In bytes: a request of more is ENOMEM, however much is free in all.</summary>
    public long LargestHole
    {
        get
        {
            var largest = 0L;
            foreach (var hole in _holes)
                largest = Math.Max(largest, hole.Length);
            return largest;
        }
    }

    /// <param name="size">In bytes, rounded up to a page.</param>
    /// <returns>EINVAL when <paramref name="size"/> is not positive, ENOMEM when no hole is large enough.</returns>
    public Errno TryAllocate(long size, out long address)
    {
        address = 0;
        if (size <= 0)
            return Errno.EINVAL;
        // Before the rounding, which could overflow.
        if (size > BytesFree)
            return Errno.ENOMEM;
        size = (size + Arena.PageSize - 1) / Arena.PageSize * Arena.PageSize;
        var index = _holes.FindIndex(hole => hole.Length >= size);
        if (index < 0)
            return Errno.ENOMEM;
        var (start, length) = _holes[index];
        if (length == size)
            _holes.RemoveAt(index);
        else
            _holes[index] = new(start + size, length - size);
        _taken.Add(start, size);
        BytesFree -= size;
        address = start;
        return Errno.None;
    }

    /// <exception cref="ArgumentException">No piece starts at <paramref name="address"/>.</exception>
    /// <returns>Its length in bytes.</returns>
    public long Free(long address)
    {
        if (!_taken.Remove(address, out var length))
            throw new ArgumentException($"Nothing was allocated at {address:x}.", nameof(address));
        var freed = length;
        BytesFree += freed;
        var index = _holes.FindIndex(hole => hole.Address > address);
        if (index < 0)
            index = _holes.Count;
        if (index < _holes.Count && address + length == _holes[index].Address)
        {
            length += _holes[index].Length;
            _holes.RemoveAt(index);
        }
        if (index > 0 && _holes[index - 1].Address + _holes[index - 1].Length == address)
            _holes[index - 1] = _holes[index - 1] with { Length = _holes[index - 1].Length + length };
        else
            _holes.Insert(index, new(address, length));
        return freed;
    }
}
