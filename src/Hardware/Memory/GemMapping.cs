using System.Buffers;

namespace DrmActors.Hardware.Memory;

/// <summary>
/// A mapping of a block: its bytes stay where they are until this is disposed of, also when the block is freed before.
/// One that is lost to the garbage collector gives its pin back too, some time. A <see cref="Memory{T}"/> of it keeps it
/// from being lost; a span does not, so hold the mapping while you use one.
/// </summary>
public sealed class GemMapping : MemoryManager<byte>
{
    private readonly Arena _arena;
    private readonly ArenaBlock _block;
    private readonly Action? _onReleased;

    // The owner, until it disposes, and the memory handles that are out. The pin is given back at 0.
    private int _holders;
    private bool _disposed;

    /// <param name="onReleased">Runs once, when the pin was given back, on any thread and perhaps the finalizer's: it must only Tell.</param>
    /// <param name="again">As for <see cref="Arena.Pin"/>.</param>
    /// <exception cref="ArgumentException">The block was freed.</exception>
    public GemMapping(Arena arena, ArenaBlock block, Action? onReleased = null, bool again = false)
    {
        ArgumentNullException.ThrowIfNull(arena);
        _arena = arena;
        _block = block;
        _onReleased = onReleased;
        arena.Pin(block, again);
        _holders = 1;
    }

#pragma warning disable MA0055, CA2015 // A lost mapping must give its pin back; that a span does not hold the mapping is said above.
    ~GemMapping()
#pragma warning restore MA0055, CA2015
    {
        // Nobody can reach this any more, so whatever handles were out are lost as well.
        if (Interlocked.Exchange(ref _holders, 0) > 0)
            Release();
    }

    /// <summary>In bytes, a page multiple: the block's, as far as it can be seen.</summary>
    public int Length => (int)Math.Min(_block.Length, Arena.LargestSpan);

    /// <exception cref="ObjectDisposedException">It was disposed of.</exception>
    public Span<byte> Span => GetSpan();

    /// <inheritdoc cref="Span"/>
    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), this);
        return _arena.PinnedSpan(_block);
    }

    /// <summary>Keeps the bytes until the handle is disposed of, also when this is disposed of before.</summary>
    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)Length, nameof(elementIndex));
        var holders = Volatile.Read(ref _holders);
        while (true)
        {
            ObjectDisposedException.ThrowIf(holders == 0 || Volatile.Read(ref _disposed), this);
            var seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
                return _arena.PinnedHandle(_block, elementIndex, this);
            holders = seen;
        }
    }

    /// <summary>For the handles that <see cref="Pin"/> returned.</summary>
    public override void Unpin() => Drop();

    public void Dispose() => ((IDisposable)this).Dispose();

    protected override void Dispose(bool disposing)
    {
        if (!Interlocked.Exchange(ref _disposed, true))
            Drop();
    }

    private void Drop()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            Release();
    }

    private void Release()
    {
        _arena.Unpin(_block);
        _onReleased?.Invoke();
    }
}
