using Akka.Actor;
using DrmActors.Actors.Prime;
using DrmActors.Hardware.Memory;
using DrmActors.Messages;

namespace DrmActors.Hosting;

/// <summary>
/// mmap(2) of a buffer: its bytes, straight where the display controller reads them. It keeps the memory alive, also after the buffer is destroyed
/// and the card is closed, until it is disposed of; one that is lost to the garbage collector gives its reference back some time.
/// </summary>
public sealed class DrmMapping : IDisposable
{
    private readonly GemMapping _mapping;
    private readonly int _start;

    private DrmMapping(GemMapping mapping, int start, int length, bool isWritable = true)
    {
        _mapping = mapping;
        _start = start;
        Length = length;
        IsWritable = isWritable;
    }

    /// <summary>In bytes.</summary>
    public int Length { get; }

    /// <summary>Else its bytes can only be read.</summary>
    public bool IsWritable { get; }

    /// <summary>The bytes, to be read.</summary>
    /// <exception cref="ObjectDisposedException">The mapping was disposed of.</exception>
    public ReadOnlySpan<byte> ReadOnlySpan => _mapping.Span.Slice(_start, Length);

    /// <summary>A span does not keep the mapping from being collected: hold on to the mapping while you use one.</summary>
    /// <exception cref="ObjectDisposedException">The mapping was disposed of.</exception>
    /// <exception cref="InvalidOperationException">The bytes can only be read.</exception>
    public Span<byte> Span => Writable.Span.Slice(_start, Length);

    /// <summary>As <see cref="Span"/>, but it does keep the mapping, and throws when it is used after the mapping was disposed of.</summary>
    public Memory<byte> Memory => Writable.Memory.Slice(_start, Length);

    private GemMapping Writable => IsWritable ? _mapping : throw new InvalidOperationException("The mapping is read-only.");

    /// <summary>munmap(2). Spans that are still out must not be used any more.</summary>
    public void Dispose() => _mapping.Dispose();

    /// <exception cref="ArgumentException">The block was freed: nobody holds it for this mapping any more.</exception>
    internal static DrmMapping Of(Arena arena, MmapRegion region, ulong length, IActorRef file)
    {
        // Told, not asked: it may run on the finalizer's thread.
        var unmap = new Munmap(region.MappingId);
        var block = new ArenaBlock(region.ArenaOffset, region.Length, region.Stamp);
        return new DrmMapping(new GemMapping(arena, block, () => file.Tell(unmap, ActorRefs.NoSender)), start: 0, (int)length);
    }

    /// <summary>Takes over a hold on the dma-buf, unless it throws.</summary>
    internal static DrmMapping Of(DmaBuf buffer, Arena arena, int start, int length, bool isWritable) =>
        new(new GemMapping(arena, buffer.Exporter.Block, buffer.Drop, again: true), start, length, isWritable);
}
