using System.Buffers;

namespace DrmActors.Hardware.Memory;

/// <summary>A block's bytes as memory that can be kept, without a lock at each look. Whoever looks knows that the block still stands: <see cref="Check"/>.</summary>
public sealed class BlockMemory(Arena arena, ArenaBlock block) : MemoryManager<byte>
{
    /// <exception cref="ArgumentException">The block does not stand in this arena.</exception>
    public void Check() => arena.Span(block);

    public override Span<byte> GetSpan() => arena.PinnedSpan(block);

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException("only a mapping pins a block");

    public override void Unpin() => throw new NotSupportedException("only a mapping pins a block");

    protected override void Dispose(bool disposing)
    {
    }
}
