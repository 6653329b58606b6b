using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>
/// The arithmetic of the pixels inside the composer: blue, green, red, alpha of sixteen bits each, in this order from the lowest bit, four
/// pixels a vector. Rows of them have room for a whole number of <see cref="Block"/>s, so that no loop has an end of its own.
/// </summary>
internal static class Argb16
{
    /// <summary>Pixels that loops take at a time.</summary>
    internal const int Block = 8;

    internal const ulong OpaqueBlack = 0xffff_0000_0000_0000;

    internal static int Padded(int pixels) => (pixels + Block - 1) & -Block;

    internal static Span<Vector256<ushort>> Vectors(Span<ulong> row, int pixels) =>
        MemoryMarshal.Cast<ulong, Vector256<ushort>>(row[..Padded(pixels)]);

    /// <summary>a * b / 65535 to the nearest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<ushort> Scale(Vector256<ushort> a, Vector256<ushort> b) => Join(
        Sum((a.AsUInt32() & Lower) * (b.AsUInt32() & Lower)),
        Sum((a.AsUInt32() >>> 16) * (b.AsUInt32() >>> 16)));

    /// <summary>The same where each two neighbours of <paramref name="b"/> are alike.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<ushort> ScalePairs(Vector256<ushort> a, Vector256<ushort> b)
    {
        var factor = b.AsUInt32() >>> 16;
        return Join(Sum((a.AsUInt32() & Lower) * factor), Sum((a.AsUInt32() >>> 16) * factor));
    }

    /// <summary>A 65535th to the nearest, exact for every product of two components.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<uint> Part(Vector256<uint> product) => Sum(product) >>> 16;

    private static Vector256<uint> Lower => Vector256.Create(0xffffu);

    // The result in the upper half.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Sum(Vector256<uint> product)
    {
        product += Vector256.Create(0x8000u);
        return product + (product >>> 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Join(Vector256<uint> lower, Vector256<uint> upper) =>
        (lower >>> 16 | (upper & Vector256.Create(0xffff0000u))).AsUInt16();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<ushort> Alpha(Vector256<ushort> pixels) => Vector256.Shuffle(
        pixels,
        Vector256.Create((ushort)3, 3, 3, 3, 7, 7, 7, 7, 11, 11, 11, 11, 15, 15, 15, 15));

    /// <summary>Eight bits a component become sixteen: 255 times 257 is 65535.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (Vector256<ushort> Lower, Vector256<ushort> Upper) Widen(Vector256<uint> argb8888)
    {
        var whole = Vector256.Create((ushort)257);
        var bytes = argb8888.AsByte();
        return (Vector256.WidenLower(bytes) * whole, Vector256.WidenUpper(bytes) * whole);
    }

    /// <summary>And sixteen the nearest of eight: no half lies between two of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector256<uint> Narrow(Vector256<ushort> lower, Vector256<ushort> upper) =>
        Vector256.Narrow(Nearest(lower), Nearest(upper)).AsUInt32();

    // (x + 128) / 257, rounded down; what would overflow is 255 with and without.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ushort> Nearest(Vector256<ushort> components)
    {
        var above = Vector256.AddSaturate(components, Vector256.Create((ushort)128));
        return (above - (above >>> 8)) >>> 8;
    }

    /// <summary>Eight pixels of components that stand in vectors of their own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (Vector256<ushort> Lower, Vector256<ushort> Upper) Join(
        Vector256<uint> blue, Vector256<uint> green, Vector256<uint> red, Vector256<uint> alpha)
    {
        var (lower, upper) = (blue | green << 16, red | alpha << 16);
        return (
            (Vector256.WidenLower(lower) | Vector256.WidenLower(upper) << 32).AsUInt16(),
            (Vector256.WidenUpper(lower) | Vector256.WidenUpper(upper) << 32).AsUInt16());
    }

    /// <summary>The opposite of <see cref="Join"/>: blue and green, red and alpha, sixteen bits each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (Vector256<uint> BlueGreen, Vector256<uint> RedAlpha) Split(Vector256<ushort> lower, Vector256<ushort> upper) => (
        Vector256.Narrow(lower.AsUInt64(), upper.AsUInt64()),
        Vector256.Narrow(lower.AsUInt64() >>> 32, upper.AsUInt64() >>> 32));
}
