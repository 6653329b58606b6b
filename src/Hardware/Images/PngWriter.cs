using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace DrmActors.Hardware.Images;

internal static class PngWriter
{
    internal static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    internal static void Write(Stream png, int width, int height, ReadOnlySpan<byte> xrgb8888, int pitch)
    {
        if (width <= 0 || height <= 0) throw new ArgumentException($"a picture of {width}x{height} pixels has no PNG", nameof(width));
        if (pitch < (long)width * 4 || xrgb8888.Length < (long)(height - 1) * pitch + (long)width * 4)
            throw new ArgumentException($"{xrgb8888.Length} bytes at a pitch of {pitch} hold no {width}x{height} pixels", nameof(xrgb8888));

        png.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8; // bits a sample
        header[9] = (byte)PngColor.Rgb;
        Chunk(png, "IHDR", header);
        Chunk(png, "IDAT", Pack(width, height, xrgb8888, pitch));
        Chunk(png, "IEND", []);
    }

    private static ReadOnlySpan<byte> Pack(int width, int height, ReadOnlySpan<byte> pixels, int pitch)
    {
        var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var (row, above) = (new byte[width * 3], new byte[width * 3]);
            var (sub, up) = (new byte[1 + width * 3], new byte[1 + width * 3]);
            (sub[0], up[0]) = (PngFilter.Sub, PngFilter.Up);
            for (var y = 0; y < height; y++)
            {
                ToRgb(pixels.Slice(y * pitch, width * 4), row);
                PngFilter.ApplySub(row, sub.AsSpan(1), 3);
                PngFilter.ApplyUp(row, above, up.AsSpan(1));
                zlib.Write(PngFilter.Cost(sub.AsSpan(1)) < PngFilter.Cost(up.AsSpan(1)) ? sub : up);
                (row, above) = (above, row);
            }
        }

        return packed.GetBuffer().AsSpan(0, (int)packed.Length);
    }

    private static void ToRgb(ReadOnlySpan<byte> pixels, Span<byte> rgb)
    {
        for (int from = 0, to = 0; from < pixels.Length; from += 4, to += 3)
            (rgb[to], rgb[to + 1], rgb[to + 2]) = (pixels[from + 2], pixels[from + 1], pixels[from]);
    }

    private static void Chunk(Stream png, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> word = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(word, data.Length);
        png.Write(word);
        Encoding.ASCII.GetBytes(type, word);
        png.Write(word);
        png.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(word, Crc32.Append(Crc32.Append(0, word), data));
        png.Write(word);
    }
}
