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
    /// <exception cref="ArgumentException">A picture that does not fit into the bytes.</exception>
    public static uint Compute(ReadOnlySpan<byte> xrgb8888, int width, int height, int pitch)
    {
        ScanoutChecks.Target(xrgb8888, pitch, width, height);
        var crc = uint.MaxValue;
        for (var row = 0; row < height; row++)
            crc = Row(crc, xrgb8888.Slice(row * pitch, width * 4));
        return ~crc;
    }

    private static uint Row(uint crc, ReadOnlySpan<byte> row)
    {
        foreach (var pair in MemoryMarshal.Cast<byte, ulong>(row))
            crc = BitOperations.Crc32C(crc, pair | 0xff000000_ff000000);
        return (row.Length & 4) == 0 ? crc : BitOperations.Crc32C(crc, MemoryMarshal.Read<uint>(row[^4..]) | 0xff000000);
    }
}
