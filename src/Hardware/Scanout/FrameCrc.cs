using System.Numerics;
using System.Runtime.InteropServices;

namespace DrmActors.Hardware.Scanout;

/// <summary>
/// CRC-32C (Castagnoli, polynomial 0x1EDC6F41, reflected 0x82F63B78, start and final xor 0xffffffff) over a picture's visible pixels: its
/// rows from the top, each pixel as the bytes blue, green, red, 0xff. Padding between the rows does not count, and the X bytes count as
/// 0xff whatever they hold, so the same picture has the same value on every machine and in every run.
/// </summary>
public static class FrameCrc
{
    private const uint Opaque = 0xff000000;
    private const ulong OpaquePair = 0xff000000_ff000000;

    // The processor's CRC instruction gives its result after three cycles but takes a new operand in each, so one chain of them would
    // idle two thirds of the time: the picture goes through in four bands side by side.
    private const int Bands = 4;

    /// <exception cref="ArgumentException">A picture that does not fit into the bytes.</exception>
    public static uint Compute(ReadOnlySpan<byte> xrgb8888, int width, int height, int pitch)
    {
        ScanoutChecks.Target(xrgb8888, pitch, width, height);
        var rows = height / Bands;
        Span<uint> crcs = [uint.MaxValue, 0, 0, 0];
        for (var row = 0; row < rows; row++)
            FourRows(crcs, xrgb8888, row * pitch, rows * pitch, width * 4);

        // A value goes on over n bytes that follow it as its product with x^(8n); the bytes' own value, begun at 0, is added.
        var past = Crc32CPolynomial.PowerOfX(8L * rows * width * 4);
        var crc = crcs[0];
        foreach (var next in crcs[1..])
            crc = Crc32CPolynomial.Multiply(crc, past) ^ next;
        for (var row = rows * Bands; row < height; row++)
            crc = Row(crc, xrgb8888.Slice(row * pitch, width * 4));
        return ~crc;
    }

    private static void FourRows(Span<uint> crcs, ReadOnlySpan<byte> picture, int at, int apart, int length)
    {
        var (a, b, c, d) = (crcs[0], crcs[1], crcs[2], crcs[3]);
        var rowA = picture.Slice(at, length);
        var rowB = picture.Slice(at + apart, length);
        var rowC = picture.Slice(at + apart * 2, length);
        var rowD = picture.Slice(at + apart * 3, length);
        var pairsA = MemoryMarshal.Cast<byte, ulong>(rowA);
        var pairsB = MemoryMarshal.Cast<byte, ulong>(rowB)[..pairsA.Length];
        var pairsC = MemoryMarshal.Cast<byte, ulong>(rowC)[..pairsA.Length];
        var pairsD = MemoryMarshal.Cast<byte, ulong>(rowD)[..pairsA.Length];
        for (var i = 0; i < pairsA.Length; i++)
        {
            a = BitOperations.Crc32C(a, pairsA[i] | OpaquePair);
            b = BitOperations.Crc32C(b, pairsB[i] | OpaquePair);
            c = BitOperations.Crc32C(c, pairsC[i] | OpaquePair);
            d = BitOperations.Crc32C(d, pairsD[i] | OpaquePair);
        }

        (crcs[0], crcs[1], crcs[2], crcs[3]) = (LastPixel(a, rowA), LastPixel(b, rowB), LastPixel(c, rowC), LastPixel(d, rowD));
    }

    private static uint Row(uint crc, ReadOnlySpan<byte> row)
    {
        foreach (var pair in MemoryMarshal.Cast<byte, ulong>(row))
            crc = BitOperations.Crc32C(crc, pair | OpaquePair);
        return LastPixel(crc, row);
    }

    /// <summary>The one that an odd width leaves over.</summary>
    private static uint LastPixel(uint crc, ReadOnlySpan<byte> row) =>
        (row.Length & 4) == 0 ? crc : BitOperations.Crc32C(crc, MemoryMarshal.Read<uint>(row[^4..]) | Opaque);
}
