using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>Rows that have the composer's own pixels, or those with red and blue exchanged.</summary>
internal static class Row16161616
{
    internal static void Read(ReadOnlySpan<byte> from, Span<ulong> into, int pixels) =>
        from[..(pixels * 8)].CopyTo(MemoryMarshal.AsBytes(into));

    internal static void ReadOpaque(ReadOnlySpan<byte> from, Span<ulong> into, int pixels)
    {
        Read(from, into, pixels);
        PlaneBlender.Premultiply(into, pixels, BlendMode.None, ushort.MaxValue);
    }

    internal static void ReadSwapped(ReadOnlySpan<byte> from, Span<ulong> into, int pixels)
    {
        Read(from, into, pixels);
        Swap(into, into, pixels);
    }

    internal static void ReadSwappedOpaque(ReadOnlySpan<byte> from, Span<ulong> into, int pixels)
    {
        ReadOpaque(from, into, pixels);
        Swap(into, into, pixels);
    }

    internal static void Write(Span<ulong> from, Span<byte> into, int pixels) => MemoryMarshal.AsBytes(from[..pixels]).CopyTo(into);

    internal static void WriteSwapped(Span<ulong> from, Span<byte> into, int pixels)
    {
        var room = MemoryMarshal.Cast<byte, ulong>(into[..(pixels * 8)]);
        for (var i = 0; i < room.Length; i++)
            room[i] = (from[i] & 0xffff_0000_ffff_0000) | (from[i] & 0xffff) << 32 | (from[i] >> 32 & 0xffff);
    }

    private static void Swap(Span<ulong> from, Span<ulong> into, int pixels)
    {
        var order = Vector256.Create((ushort)2, 1, 0, 3, 6, 5, 4, 7, 10, 9, 8, 11, 14, 13, 12, 15);
        var source = Argb16.Vectors(from, pixels);
        var to = Argb16.Vectors(into, pixels)[..source.Length];
        for (var i = 0; i < source.Length; i++)
            to[i] = Vector256.Shuffle(source[i], order);
    }
}
