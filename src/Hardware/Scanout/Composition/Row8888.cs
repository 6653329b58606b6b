using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>Rows of four bytes a pixel, in any order: into the composer's own pixels and back, and among themselves.</summary>
internal static class Row8888
{
    private const uint Opaque = 0xff000000;

    internal static void ReadOpaque<TOrder>(ReadOnlySpan<byte> from, Span<ulong> into, int pixels)
        where TOrder : struct, IPixelOrder => Read<TOrder>(from, into, pixels, Vector256.Create(Opaque));

    internal static void Read<TOrder>(ReadOnlySpan<byte> from, Span<ulong> into, int pixels)
        where TOrder : struct, IPixelOrder => Read<TOrder>(from, into, pixels, Vector256<uint>.Zero);

    internal static void Write<TOrder>(Span<ulong> from, Span<byte> into, int pixels)
        where TOrder : struct, IPixelOrder
    {
        var wide = Argb16.Vectors(from, pixels);
        var to = MemoryMarshal.Cast<byte, Vector256<uint>>(into[..(pixels * 4)]);
        var i = 0;
        for (; i < to.Length; i++)
            to[i] = TOrder.FromArgb(Argb16.Narrow(wide[i * 2], wide[i * 2 + 1]));
        if (i * 2 < wide.Length)
            Tail.Store(TOrder.FromArgb(Argb16.Narrow(wide[i * 2], wide[i * 2 + 1])).AsByte(), into[(i * 32)..(pixels * 4)]);
    }

    /// <summary>Into XRGB8888 with the X byte at 0xff.</summary>
    internal static void ToXrgb8888<TOrder>(ReadOnlySpan<byte> from, Span<byte> into)
        where TOrder : struct, IPixelOrder
    {
        var source = MemoryMarshal.Cast<byte, Vector256<uint>>(from);
        var to = MemoryMarshal.Cast<byte, Vector256<uint>>(into)[..source.Length];
        var opaque = Vector256.Create(Opaque);
        for (var i = 0; i < source.Length; i++)
            to[i] = TOrder.ToArgb(source[i]) | opaque;
        var done = source.Length * 32;
        if (done < from.Length)
            Tail.Store((TOrder.ToArgb(Tail.Load(from[done..]).AsUInt32()) | opaque).AsByte(), into[done..from.Length]);
    }

    /// <summary>From XRGB8888.</summary>
    internal static void FromXrgb8888<TOrder>(ReadOnlySpan<byte> from, Span<byte> into)
        where TOrder : struct, IPixelOrder
    {
        var source = MemoryMarshal.Cast<byte, Vector256<uint>>(from);
        var to = MemoryMarshal.Cast<byte, Vector256<uint>>(into)[..source.Length];
        for (var i = 0; i < source.Length; i++)
            to[i] = TOrder.FromArgb(source[i]);
        var done = source.Length * 32;
        if (done < from.Length)
            Tail.Store(TOrder.FromArgb(Tail.Load(from[done..]).AsUInt32()).AsByte(), into[done..from.Length]);
    }

    /// <summary>Premultiplied pixels over XRGB8888.</summary>
    internal static void Over<TOrder>(ReadOnlySpan<byte> from, Span<byte> below)
        where TOrder : struct, IPixelOrder
    {
        var source = MemoryMarshal.Cast<byte, Vector256<uint>>(from);
        var to = MemoryMarshal.Cast<byte, Vector256<uint>>(below)[..source.Length];
        for (var i = 0; i < source.Length; i++)
            to[i] = Over(TOrder.ToArgb(source[i]), to[i]);
        var done = source.Length * 32;
        if (done < from.Length)
            Tail.Store(
                Over(TOrder.ToArgb(Tail.Load(from[done..]).AsUInt32()), Tail.Load(below[done..from.Length]).AsUInt32()).AsByte(),
                below[done..from.Length]);
    }

    private static void Read<TOrder>(ReadOnlySpan<byte> from, Span<ulong> into, int pixels, Vector256<uint> opaque)
        where TOrder : struct, IPixelOrder
    {
        var source = MemoryMarshal.Cast<byte, Vector256<uint>>(from[..(pixels * 4)]);
        var wide = Argb16.Vectors(into, pixels);
        var i = 0;
        for (; i < source.Length; i++)
            (wide[i * 2], wide[i * 2 + 1]) = Argb16.Widen(TOrder.ToArgb(source[i]) | opaque);
        if (i * 2 < wide.Length)
            (wide[i * 2], wide[i * 2 + 1]) = Argb16.Widen(TOrder.ToArgb(Tail.Load(from[(i * 32)..(pixels * 4)]).AsUInt32()) | opaque);
    }

    // The source and a 255th, to the nearest, of what its alpha lets through. With sixteen bits in between it is the same: a 255th is
    // never so near to a half that a 257th of a step would carry it over.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Over(Vector256<uint> source, Vector256<uint> below)
    {
        // Subtracted, for the complement is an instruction that waits for the register it overwrites: that of the vector before.
        var through = Vector256.Create((ushort)255) - (Vector256.Shuffle(source.AsByte(), Vector256.Create(
            (byte)3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15,
            19, 19, 19, 19, 23, 23, 23, 23, 27, 27, 27, 27, 31, 31, 31, 31)).AsUInt16() >>> 8);
        // Blue and red stand in the lower bytes of sixteen bits, green and alpha in the upper ones.
        var lower = Part((below & Vector256.Create(0x00ff00ffu)).AsUInt16() * through) >>> 8;
        var upper = Part((below.AsUInt16() >>> 8) * through) & Vector256.Create((ushort)0xff00);
        return Vector256.AddSaturate(source.AsByte(), (lower | upper).AsByte()).AsUInt32() | Vector256.Create(Opaque);
    }

    // A 255th to the nearest, in the upper byte.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Part(Vector256<ushort> product)
    {
        product += Vector256.Create((ushort)128);
        return product + (product >>> 8);
    }
}
