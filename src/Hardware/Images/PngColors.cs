using System.Buffers.Binary;

namespace DrmActors.Hardware.Images;

/// <summary>A row of PNG samples as XRGB8888: samples scaled to 8 bits, transparency laid over black.</summary>
internal sealed class PngColors(PngHeader header, byte[] palette, byte[] transparency)
{
    private readonly int _largest = (1 << header.Depth) - 1;

    /// <returns>False where a pixel names a palette entry that does not exist: <paramref name="index"/>.</returns>
    internal bool Convert(ReadOnlySpan<byte> row, Span<uint> pixels, out int index)
    {
        index = 0;
        for (var x = 0; x < pixels.Length; x++)
        {
            if (header.Color != PngColor.Palette)
            {
                pixels[x] = Direct(row, x * header.Samples);
                continue;
            }

            index = Sample(row, x);
            if (index * 3 >= palette.Length) return false;
            var alpha = index < transparency.Length ? transparency[index] : 255;
            pixels[x] = OverBlack(palette[index * 3], palette[index * 3 + 1], palette[index * 3 + 2], alpha);
        }

        return true;
    }

    private uint Direct(ReadOnlySpan<byte> row, int first)
    {
        var isGrey = header.Color is PngColor.Grey or PngColor.GreyAlpha;
        var red = Sample(row, first);
        var green = isGrey ? red : Sample(row, first + 1);
        var blue = isGrey ? red : Sample(row, first + 2);
        if (IsKeyedOut(red, green, blue)) return 0xff000000;
        var alpha = header.Color is PngColor.GreyAlpha or PngColor.RgbAlpha ? Sample(row, first + header.Samples - 1) : _largest;
        return OverBlack(To8(red), To8(green), To8(blue), To8(alpha));
    }

    // The key is compared before any scaling, with all of its 16 bits.
    private bool IsKeyedOut(int red, int green, int blue) => transparency.Length switch
    {
        2 => Key(0) == red,
        6 => Key(0) == red && Key(1) == green && Key(2) == blue,
        _ => false,
    };

    private int Key(int sample) => BinaryPrimitives.ReadUInt16BigEndian(transparency.AsSpan(sample * 2));

    private int Sample(ReadOnlySpan<byte> row, int i) => header.Depth switch
    {
        8 => row[i],
        16 => BinaryPrimitives.ReadUInt16BigEndian(row[(i * 2)..]),
        var bits => row[i * bits / 8] >> (8 - bits - i * bits % 8) & _largest,
    };

    private int To8(int sample) => (sample * 255 + _largest / 2) / _largest;

    private static uint OverBlack(int red, int green, int blue, int alpha) =>
        0xff000000 | Times(red, alpha) << 16 | Times(green, alpha) << 8 | Times(blue, alpha);

    private static uint Times(int color, int alpha) => (uint)((color * alpha + 127) / 255);
}
