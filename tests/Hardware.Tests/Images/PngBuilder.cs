using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DrmActors.Hardware.Tests.Images;

/// <summary>Puts PNG files together chunk by chunk, right ones and wrong ones.</summary>
internal sealed class PngBuilder
{
    private readonly MemoryStream _file = new();

    internal PngBuilder() => _file.Write([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

    internal byte[] Bytes => _file.ToArray();

    internal PngBuilder Header(uint width, uint height, byte depth, byte color, byte compression = 0, byte filter = 0, byte interlace = 0)
    {
        var data = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(data, width);
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(4), height);
        (data[8], data[9], data[10], data[11], data[12]) = (depth, color, compression, filter, interlace);
        return Chunk("IHDR", data);
    }

    /// <summary>Rows that begin with their filter.</summary>
    internal PngBuilder Data(params byte[] rows) => Chunk("IDAT", Pack(rows));

    internal PngBuilder End() => Chunk("IEND");

    internal PngBuilder Chunk(string type, params byte[] data)
    {
        var typeAndData = Encoding.Latin1.GetBytes(type).Concat(data).ToArray();
        _file.Write(BigEndian((uint)data.Length));
        _file.Write(typeAndData);
        _file.Write(BigEndian(Crc(typeAndData)));
        return this;
    }

    internal static byte[] Pack(byte[] rows)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
            zlib.Write(rows);
        return packed.ToArray();
    }

    /// <summary>A row less the guess of a filter, as the PNG specification writes it down.</summary>
    internal static byte[] Filter(byte filter, byte[] row, byte[] above, int step) => [filter, .. row.Select((value, i) =>
    {
        var left = i >= step ? row[i - step] : 0;
        var up = above[i];
        var corner = i >= step ? above[i - step] : 0;
        var paeth = new[] { left, up, corner }.MinBy(v => Math.Abs(left + up - corner - v));
        return (byte)(value - filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => paeth });
    })];

    private static byte[] BigEndian(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = crc % 2 == 1 ? crc / 2 ^ 0xedb88320 : crc / 2;
        }

        return ~crc;
    }
}
