using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DrmActors.Hardware.Scanout;

/// <summary>
/// One row of pixels into XRGB8888 with the X byte at 0xff. Rows may begin at any byte. The vector loops take whole vectors; the rest of
/// a row goes pixel by pixel.
/// </summary>
internal static class RowConverter
{
    private const uint Opaque = 0xff000000;

    internal static void Black(Span<byte> row) => MemoryMarshal.Cast<byte, uint>(row).Fill(Opaque);

    internal static void FromXrgb8888(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var from = MemoryMarshal.Cast<byte, Vector256<uint>>(source);
        var to = MemoryMarshal.Cast<byte, Vector256<uint>>(target)[..from.Length];
        var opaque = Vector256.Create(Opaque);
        for (var i = 0; i < from.Length; i++)
            to[i] = from[i] | opaque;

        var done = from.Length * Vector256<byte>.Count;
        var lastFrom = MemoryMarshal.Cast<byte, uint>(source[done..]);
        var lastTo = MemoryMarshal.Cast<byte, uint>(target[done..]);
        for (var i = 0; i < lastFrom.Length; i++)
            lastTo[i] = lastFrom[i] | Opaque;
    }

    /// <summary>A component of five or six bits fills its byte by repeating its upper bits, so that 0 stays 0 and the brightest is 255.</summary>
    internal static void FromRgb565(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var from = MemoryMarshal.Cast<byte, Vector256<ushort>>(source);
        var to = MemoryMarshal.Cast<byte, Vector256<uint>>(target)[..(from.Length * 2)];
        for (var i = 0; i < from.Length; i++)
        {
            var (lower, upper) = Vector256.Widen(from[i]);
            to[i * 2] = Widen565(lower);
            to[i * 2 + 1] = Widen565(upper);
        }

        var done = from.Length * Vector256<ushort>.Count;
        var lastFrom = MemoryMarshal.Cast<byte, ushort>(source)[done..];
        var lastTo = MemoryMarshal.Cast<byte, uint>(target)[done..];
        for (var i = 0; i < lastFrom.Length; i++)
            lastTo[i] = Widen565(lastFrom[i]);
    }

    /// <summary>65535 is 255 times 257, so a component is that of eight bits where it divides by 257, and else the nearest one.</summary>
    internal static void FromXrgb16161616(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var from = MemoryMarshal.Cast<byte, ulong>(source);
        var to = MemoryMarshal.Cast<byte, uint>(target)[..from.Length];
        for (var i = 0; i < from.Length; i++)
            to[i] = Opaque | Narrow(from[i] >> 32) << 16 | Narrow(from[i] >> 16) << 8 | Narrow(from[i]);
    }

    internal static uint Narrow(ulong component) => ((uint)(component & 0xffff) + 128) / 257;

    private static uint Widen565(uint pixel)
    {
        var red = (pixel & 0xf800) << 8 | (pixel & 0xe000) << 3;
        var green = (pixel & 0x07e0) << 5 | (pixel & 0x0600) >> 1;
        var blue = (pixel & 0x001f) << 3 | (pixel & 0x001c) >> 2;
        return Opaque | red | green | blue;
    }

    private static Vector256<uint> Widen565(Vector256<uint> pixel)
    {
        var red = (pixel & Vector256.Create(0xf800u)) << 8 | (pixel & Vector256.Create(0xe000u)) << 3;
        var green = (pixel & Vector256.Create(0x07e0u)) << 5 | (pixel & Vector256.Create(0x0600u)) >> 1;
        var blue = (pixel & Vector256.Create(0x001fu)) << 3 | (pixel & Vector256.Create(0x001cu)) >> 2;
        return Vector256.Create(Opaque) | red | green | blue;
    }
}
