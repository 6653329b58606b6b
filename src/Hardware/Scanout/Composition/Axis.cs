namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>Where the pixels of a destination, along one of its sides, come from in the source: at the middle of each.</summary>
/// <param name="Start">In 16.16 pixels of the source.</param>
/// <param name="Length">Likewise.</param>
/// <param name="Size">Pixels of the destination.</param>
/// <param name="IsReversed">The destination's first comes from the source's end.</param>
/// <param name="Filter">Counts only where source and destination pixels do not lie on each other.</param>
internal readonly record struct Axis(uint Start, uint Length, int Size, bool IsReversed, ScalingFilter Filter)
{
    private const int Half = 1 << 15;

    /// <summary>One pixel of the source is one of the destination.</summary>
    internal bool IsPlain => Length == (ulong)Size << 16 && (ushort)Start == 0;

    /// <summary>No pixel lies between two.</summary>
    internal bool IsNearest => Filter == ScalingFilter.NearestNeighbor || IsPlain;

    private int First => (int)(Start >> 16);

    private int Last => (int)((Start + (ulong)Length - 1) >> 16);

    /// <summary>The two neighbours that a pixel lies between, and the second one's part in 65536ths. Outside of the source its edge goes on.</summary>
    internal Tap At(int pixel)
    {
        var (way, whole) = ((2 * (ulong)pixel + 1) * Length, 2 * (ulong)Size);
        var at = IsReversed
            ? (long)Start + Length - (long)(way / whole + (way % whole == 0 ? 0ul : 1))
            : (long)Start + (long)(way / whole);
        if (IsNearest)
            return new Tap((int)(at >> 16), (int)(at >> 16), 0);
        at -= Half;
        var before = (int)(at >> 16);
        return new Tap(Math.Clamp(before, First, Last), Math.Clamp(before + 1, First, Last), (uint)at & 0xffff);
    }
}

/// <summary>Two samples of a row or column and how much the second counts, in 65536ths.</summary>
internal readonly record struct Tap(int First, int Second, uint Weight)
{
    internal bool IsOne => Weight == 0 || First == Second;
}
