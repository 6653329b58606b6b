namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>From what has changed of a framebuffer to what may have changed of the picture.</summary>
public static class PlaneDamage
{
    /// <param name="plane">Where it stands; its memory is not looked at.</param>
    /// <param name="changed">Whole pixels of its framebuffer.</param>
    /// <returns>Every pixel of the CRTC that is made of one of them, and as few others as a rectangle allows; may lie outside of the CRTC.</returns>
    public static PixelArea OnCrtc(PlaneInput plane, PixelArea changed)
    {
        var (across, down, isTransposed) = Orientation.Axes(plane);
        // Chroma lies between the pixels that share it, and reaches those beside them.
        var (alongX, alongY) = FormatTable.Find(plane.Format) is { } info
            ? (info.HSub > 1 ? 2 * info.HSub : 0, info.VSub > 1 ? 2 * info.VSub : 0)
            : (0, 0);
        var (x, y) = ((changed.Left - alongX, changed.Right + alongX), (changed.Top - alongY, changed.Bottom + alongY));
        var (left, right) = Touched(across, isTransposed ? y : x);
        var (top, bottom) = Touched(down, isTransposed ? x : y);
        return new PixelArea(plane.CrtcX + left, plane.CrtcY + top, plane.CrtcX + right, plane.CrtcY + bottom);
    }

    // The further on in the destination, the further on in the source, or the other way round: so both ends can be searched for.
    private static (int From, int To) Touched(Axis axis, (int From, int To) source)
    {
        var from = First(axis.Size, p => At(axis, p).Second >= source.From);
        var to = First(axis.Size, p => At(axis, p).First >= source.To);
        return axis.IsReversed ? (axis.Size - to, axis.Size - from) : (from, to);
    }

    private static Tap At(Axis axis, int pixel) => axis.At(axis.IsReversed ? axis.Size - 1 - pixel : pixel);

    private static int First(int size, Predicate<int> isIt)
    {
        var (low, high) = (0, size);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (isIt(middle))
                high = middle;
            else
                low = middle + 1;
        }

        return low;
    }
}
