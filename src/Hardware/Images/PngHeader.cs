using System.Buffers.Binary;

namespace DrmActors.Hardware.Images;

/// <summary>The colour types of PNG.</summary>
internal enum PngColor : byte
{
    Grey = 0,
    Rgb = 2,
    Palette = 3,
    GreyAlpha = 4,
    RgbAlpha = 6,
}

/// <summary>What IHDR says.</summary>
internal readonly record struct PngHeader(int Width, int Height, int Depth, PngColor Color)
{
    internal int Samples => Color switch { PngColor.Rgb => 3, PngColor.GreyAlpha => 2, PngColor.RgbAlpha => 4, _ => 1 };

    internal int RowBytes => (Width * Samples * Depth + 7) / 8;

    /// <summary>Bytes to the pixel on the left, as the filters count.</summary>
    internal int Step => Math.Max(1, Samples * Depth / 8);

    internal static PngHeader Read(ReadOnlySpan<byte> data, int offset, string file)
    {
        var width = Side(data, 0, "a width");
        var height = Side(data, 4, "a height");
        var header = new PngHeader(width, height, data[8], (PngColor)data[9]);
        var depths = header.Color switch
        {
            PngColor.Grey => "1, 2, 4, 8 or 16",
            PngColor.Palette => "1, 2, 4 or 8",
            PngColor.Rgb or PngColor.GreyAlpha or PngColor.RgbAlpha => "8 or 16",
            _ => throw new ImageException(file, offset + 9, $"the colour type {data[9]}", "0, 2, 3, 4 or 6"),
        };
        if (!depths.Split([", ", " or "], StringSplitOptions.None).Contains(data[8].ToString(), StringComparer.Ordinal))
            throw new ImageException(file, offset + 8, $"{data[8]} bits a sample for the colour type {data[9]}", depths);
        if (data[10] != 0) throw new ImageException(file, offset + 10, $"the compression method {data[10]}", "0");
        if (data[11] != 0) throw new ImageException(file, offset + 11, $"the filter method {data[11]}", "0");
        if (data[12] != 0) throw new ImageException(file, offset + 12, $"the interlace method {data[12]}", "0 (interlaced pictures are not read)");
        return header;

        int Side(ReadOnlySpan<byte> bytes, int at, string what)
        {
            var side = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            return side is >= 1 and <= ImageFile.MaxSide ? (int)side : throw new ImageException(file, offset + at, $"{what} of {side}", $"1 to {ImageFile.MaxSide}");
        }
    }
}
