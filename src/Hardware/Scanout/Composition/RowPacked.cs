using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DrmActors.Hardware.Scanout.Composition;

/// <summary>Rows of one number a pixel, of one to four bytes.</summary>
internal static class RowPacked
{
    // Of narrower pixels so many are made numbers of four bytes at a time.
    private const int Chunk = 128;

    internal static void Read<TLayout>(ReadOnlySpan<byte> from, Span<ulong> into, int pixels)
        where TLayout : struct, IPackedLayout
    {
        var numbers = MemoryMarshal.Cast<byte, Vector256<uint>>(from[..(pixels * 4)]);
        Unpack<TLayout>(numbers, into);
        var done = numbers.Length * Argb16.Block;
        if (done < pixels)
            Unpack<TLayout>([Tail.Load(from[(done * 4)..(pixels * 4)]).AsUInt32()], into[done..]);
    }

    internal static void ReadNarrow<TLayout>(ReadOnlySpan<byte> from, Span<ulong> into, int pixels, int bytesPerPixel)
        where TLayout : struct, IPackedLayout
    {
        Span<uint> numbers = stackalloc uint[Chunk];
        for (var done = 0; done < pixels; done += Chunk)
        {
            var count = Math.Min(Chunk, pixels - done);
            ToNumbers(from.Slice(done * bytesPerPixel, count * bytesPerPixel), numbers[..count], bytesPerPixel);
            Unpack<TLayout>(MemoryMarshal.Cast<uint, Vector256<uint>>(numbers[..Argb16.Padded(count)]), into[done..]);
        }
    }

    internal static void Write<TLayout>(Span<ulong> from, Span<byte> into, int pixels)
        where TLayout : struct, IPackedLayout
    {
        var to = MemoryMarshal.Cast<byte, Vector256<uint>>(into[..(pixels * 4)]);
        Pack<TLayout>(from, to);
        var done = to.Length * Argb16.Block;
        if (done == pixels)
            return;
        Span<Vector256<uint>> last = stackalloc Vector256<uint>[1];
        Pack<TLayout>(from[done..], last);
        Tail.Store(last[0].AsByte(), into[(done * 4)..(pixels * 4)]);
    }

    internal static void WriteNarrow<TLayout>(Span<ulong> from, Span<byte> into, int pixels, int bytesPerPixel)
        where TLayout : struct, IPackedLayout
    {
        Span<uint> numbers = stackalloc uint[Chunk];
        for (var done = 0; done < pixels; done += Chunk)
        {
            var count = Math.Min(Chunk, pixels - done);
            Pack<TLayout>(from[done..], MemoryMarshal.Cast<uint, Vector256<uint>>(numbers[..Argb16.Padded(count)]));
            FromNumbers(numbers[..count], into.Slice(done * bytesPerPixel, count * bytesPerPixel), bytesPerPixel);
        }
    }

    private static void Unpack<TLayout>(ReadOnlySpan<Vector256<uint>> numbers, Span<ulong> into)
        where TLayout : struct, IPackedLayout
    {
        var wide = Argb16.Vectors(into, numbers.Length * Argb16.Block);
        for (var i = 0; i < numbers.Length; i++)
            (wide[i * 2], wide[i * 2 + 1]) = TLayout.Unpack(numbers[i]);
    }

    private static void Pack<TLayout>(Span<ulong> from, Span<Vector256<uint>> numbers)
        where TLayout : struct, IPackedLayout
    {
        var wide = Argb16.Vectors(from, numbers.Length * Argb16.Block);
        for (var i = 0; i < numbers.Length; i++)
        {
            var (blueGreen, redAlpha) = Argb16.Split(wide[i * 2], wide[i * 2 + 1]);
            numbers[i] = TLayout.Pack(blueGreen, redAlpha);
        }
    }

    private static void ToNumbers(ReadOnlySpan<byte> from, Span<uint> numbers, int bytesPerPixel)
    {
        switch (bytesPerPixel)
        {
            case 1:
                for (var i = 0; i < numbers.Length; i++)
                    numbers[i] = from[i];
                break;
            case 2:
                var shorts = MemoryMarshal.Cast<byte, ushort>(from)[..numbers.Length];
                for (var i = 0; i < shorts.Length; i++)
                    numbers[i] = shorts[i];
                break;
            default:
                for (var i = 0; i < numbers.Length; i++)
                    numbers[i] = from[i * 3] | (uint)from[i * 3 + 1] << 8 | (uint)from[i * 3 + 2] << 16;
                break;
        }
    }

    private static void FromNumbers(ReadOnlySpan<uint> numbers, Span<byte> into, int bytesPerPixel)
    {
        for (var i = 0; i < numbers.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(into[(i * bytesPerPixel)..], (ushort)numbers[i]);
            if (bytesPerPixel == 3)
                into[i * 3 + 2] = (byte)(numbers[i] >> 16);
        }
    }
}
