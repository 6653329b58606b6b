namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>A stretch of a row over which the same planes are seen.</summary>
/// <param name="Planes">Bit n: the plane of this number. What an opaque plane hides is not among them.</param>
/// <param name="IsCovered">The lowest of them is opaque, and the background is not seen.</param>
internal readonly record struct VisibleSpan(int Left, int Right, uint Planes, bool IsCovered);

/// <summary>Cuts an area into bands of rows, and each band into spans, at the planes' edges.</summary>
internal sealed class VisibleSpans
{
    /// <summary>As many as the UAPI's masks of planes have bits.</summary>
    internal const int MostPlanes = 32;

    private readonly VisibleSpan[] _spans = new VisibleSpan[2 * MostPlanes + 1];
    private int _count;

    internal ReadOnlySpan<VisibleSpan> Spans => _spans.AsSpan(0, _count);

    /// <summary>The band that begins with row <paramref name="top"/> of the area.</summary>
    /// <returns>The row behind its last.</returns>
    internal int Cut(PixelArea area, int top, ReadOnlySpan<PlaneReader> planes)
    {
        Span<int> edges = stackalloc int[2 * MostPlanes + 2];
        (edges[0], edges[1]) = (area.Left, area.Right);
        var (count, bottom) = (2, area.Bottom);
        foreach (var plane in planes)
        {
            if (plane.Area.IsEmpty || plane.Area.Bottom <= top)
                continue;
            if (plane.Area.Top > top)
            {
                bottom = Math.Min(bottom, plane.Area.Top);
                continue;
            }

            bottom = Math.Min(bottom, plane.Area.Bottom);
            (edges[count], edges[count + 1]) = (plane.Area.Left, plane.Area.Right);
            count += 2;
        }

        edges = edges[..count];
        edges.Sort();
        _count = 0;
        for (var i = 1; i < edges.Length; i++)
            if (edges[i] > edges[i - 1])
                Add(Span(edges[i - 1], edges[i], top, planes));
        return bottom;
    }

    private static VisibleSpan Span(int left, int right, int y, ReadOnlySpan<PlaneReader> planes)
    {
        var seen = 0u;
        for (var i = planes.Length - 1; i >= 0; i--)
        {
            var area = planes[i].Area;
            if (left < area.Left || left >= area.Right || y < area.Top || y >= area.Bottom)
                continue;
            seen |= 1u << i;
            if (planes[i].IsOpaque)
                return new VisibleSpan(left, right, seen, IsCovered: true);
        }

        return new VisibleSpan(left, right, seen, IsCovered: false);
    }

    private void Add(VisibleSpan span)
    {
        if (_count > 0 && _spans[_count - 1] is var last && (last.Planes, last.IsCovered) == (span.Planes, span.IsCovered))
            _spans[_count - 1] = last with { Right = span.Right };
        else
            _spans[_count++] = span;
    }
}
