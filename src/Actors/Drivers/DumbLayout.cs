using DrmActors.Hardware.Memory;
using DrmActors.Messages;

namespace DrmActors.Actors.Drivers;

/// <summary>The rows of a dumb buffer, or why there can be none.</summary>
/// <param name="Pitch">Bytes a row.</param>
/// <param name="Size">Bytes, a multiple of the page.</param>
internal readonly record struct DumbLayout(Errno Errno, uint Pitch, ulong Size)
{
    // Rounded up to a page it must still fit 32 bits.
    private const ulong LargestSize = uint.MaxValue - (Arena.PageSize - 1);

    private static readonly DumbLayout Refused = new(Errno.EINVAL, 0, 0);

    /// <summary>
    /// Rows rounded up to <paramref name="alignment"/> bytes, the whole rounded up to a page. EINVAL for a size of 0, or where a byte count
    /// does not fit 32 bits: first as the core counts (whole bytes a pixel, no alignment), then as the driver does.
    /// </summary>
    /// <param name="bpp">Bits a pixel.</param>
    /// <param name="alignment">1 for none.</param>
    public static DumbLayout Of(uint width, uint height, uint bpp, uint alignment)
    {
        if (width == 0 || height == 0 || bpp == 0 || bpp > uint.MaxValue - 8)
            return Refused;
        // Each factor fits 32 bits before the next product is made, so none of them wraps.
        var coreStride = Ceiling(bpp, 8) * width;
        if (coreStride > uint.MaxValue || coreStride * height > LargestSize)
            return Refused;
        var pitch = Ceiling(Ceiling((ulong)width * bpp, 8), alignment) * alignment;
        if (pitch > uint.MaxValue || pitch * height > LargestSize)
            return Refused;
        return new(Errno.None, (uint)pitch, Ceiling(pitch * height, Arena.PageSize) * Arena.PageSize);
    }

    private static ulong Ceiling(ulong value, ulong unit) => (value + unit - 1) / unit;
}
