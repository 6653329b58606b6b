using System.Collections.Immutable;

namespace DrmActors.Hardware.Memory;

/// <summary>One piece of memory without a gap.</summary>
/// <param name="Address">In bytes: physical, or an offset in the arena.</param>
/// <param name="Length">In bytes, a page multiple.</param>
public readonly record struct SgSegment(long Address, long Length);

/// <summary>Where an object's memory lies, in its order (the kernel's <c>struct sg_table</c>).</summary>
public sealed class SgTable
{
    private SgTable(ImmutableArray<SgSegment> segments)
    {
        Segments = segments;
        foreach (var segment in segments)
            Length += segment.Length;
    }

    public ImmutableArray<SgSegment> Segments { get; }

    /// <summary>In bytes.</summary>
    public long Length { get; }

    /// <summary>Of a block, which is one piece of the arena.</summary>
    public static SgTable Of(ArenaBlock block) => new([new(block.Offset, block.Length)]);

    /// <summary>Of single pages, where neighbours that follow each other become one segment.</summary>
    /// <param name="pages">The address of each page.</param>
    public static SgTable OfPages(ReadOnlySpan<long> pages)
    {
        var segments = ImmutableArray.CreateBuilder<SgSegment>();
        foreach (var page in pages)
        {
            if (segments.Count > 0 && segments[^1].Address + segments[^1].Length == page)
                segments[^1] = segments[^1] with { Length = segments[^1].Length + Arena.PageSize };
            else
                segments.Add(new(page, Arena.PageSize));
        }
        return new(segments.ToImmutable());
    }

    /// <summary>The address of each page, in order.</summary>
    public IEnumerable<long> Pages()
    {
        foreach (var segment in Segments)
        {
            for (var offset = 0L; offset < segment.Length; offset += Arena.PageSize)
                yield return segment.Address + offset;
        }
    }
}
