using System.Buffers;

namespace DrmActors.Hardware.Memory;

// What is in a block, and what stands behind it.
public sealed partial class Arena
{
    /// <summary>The block's bytes, or the first <see cref="LargestSpan"/> of them. They are the caller's only until the block is freed, against which a <see cref="GemMapping"/> guards.</summary>
    /// <exception cref="ArgumentException">The block does not stand in this arena.</exception>
    public Span<byte> Span(ArenaBlock block)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _ledger.Find(block, out _).Seen = true;
            return _store.Span(block);
        }
    }

    /// <summary>Takes all of the block's pages from the system now, instead of one by one as they are touched.</summary>
    /// <exception cref="ArgumentException">The block does not stand in this arena.</exception>
    public void Populate(ArenaBlock block)
    {
        // Not under the lock: a large block takes milliseconds.
        Pin(block);
        lock (_lock)
            _ledger.Find(block, out _).Seen = true;
        _store.Populate(block);
        Unpin(block);
    }

    /// <summary>How much of the block the system has memory for now, in bytes: pages that were touched.</summary>
    /// <exception cref="ArgumentException">The block does not stand in this arena.</exception>
    public long ResidentBytes(ArenaBlock block)
    {
        Pin(block);
        var bytes = _store.ResidentBytes(block);
        Unpin(block);
        return bytes;
    }

    /// <summary>Forgets what is in the block: it reads as zero from here on, and takes no memory until it is touched again. Nobody uses it meanwhile.</summary>
    /// <exception cref="ArgumentException">The block does not stand in this arena.</exception>
    public void Discard(ArenaBlock block)
    {
        int descriptor;
        Pin(block);
        lock (_lock)
            descriptor = _ledger.Find(block, out _).Descriptor;
        _store.Discard(block, descriptor);
        Unpin(block);
    }

    /// <summary>The memfd of a block with <see cref="ArenaBacking.Own"/>, open until the block is freed and unpinned. The shared one is never handed out.</summary>
    /// <exception cref="InvalidOperationException">The block is a shared one.</exception>
    /// <exception cref="ArgumentException">The block does not stand in this arena.</exception>
    public int DescriptorOf(ArenaBlock block)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var descriptor = _ledger.Find(block, out _).Descriptor;
            return descriptor != PageTag.None
                ? descriptor
                : throw new InvalidOperationException($"{block} has no memfd of its own.");
        }
    }

    /// <summary>Whether <see cref="DescriptorOf"/> has one to give.</summary>
    /// <exception cref="ArgumentException">The block does not stand in this arena.</exception>
    public bool HasDescriptor(ArenaBlock block)
    {
        lock (_lock)
            return _ledger.Find(block, out _).Descriptor != PageTag.None;
    }

    // SAFETY: the caller holds a pin on the block.
    internal Span<byte> PinnedSpan(ArenaBlock block) => _store.Span(block);

    // SAFETY: the caller holds a pin on the block until owner.Unpin is called.
    internal MemoryHandle PinnedHandle(ArenaBlock block, int index, IPinnable owner) => _store.Pin(block, index, owner);
}
