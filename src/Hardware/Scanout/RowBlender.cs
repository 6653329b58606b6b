using System.Runtime.InteropServices;

namespace DrmActors.Hardware.Scanout;

/// <summary>
/// One row of pixels with premultiplied alpha over a row of XRGB8888: each component is the source's plus what the alpha lets through of the
/// target's, rounded to the nearest, and 255 where a source that is not premultiplied would go beyond.
/// </summary>
internal static class RowBlender
{
    private const uint Opaque = 0xff000000;

    internal static void Argb8888(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var from = MemoryMarshal.Cast<byte, uint>(source);
        var to = MemoryMarshal.Cast<byte, uint>(target)[..from.Length];
        for (var i = 0; i < from.Length; i++)
            to[i] = Over(from[i], to[i]);
    }

    internal static void Argb16161616(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var from = MemoryMarshal.Cast<byte, ulong>(source);
        var to = MemoryMarshal.Cast<byte, uint>(target)[..from.Length];
        for (var i = 0; i < from.Length; i++)
        {
            var pixel = RowConverter.Narrow(from[i] >> 48) << 24 | RowConverter.Narrow(from[i] >> 32) << 16
                | RowConverter.Narrow(from[i] >> 16) << 8 | RowConverter.Narrow(from[i]);
            to[i] = Over(pixel, to[i]);
        }
    }

    private static uint Over(uint source, uint target)
    {
        var through = 255 - (source >> 24);
        if (through == 0) return source;
        return Opaque
            | Component(source >> 16, target >> 16, through) << 16
            | Component(source >> 8, target >> 8, through) << 8
            | Component(source, target, through);
    }

    private static uint Component(uint source, uint target, uint through) =>
        Math.Min((source & 0xff) + ((target & 0xff) * through + 127) / 255, 255);
}
