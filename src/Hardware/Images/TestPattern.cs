using System.Buffers.Binary;
using DrmActors.Hardware.Scanout;

namespace DrmActors.Hardware.Images;

/// <summary>A test card for any size: edges, geometry, colours, ramps, fine lines, and its own size and format in writing.</summary>
public static class TestPattern
{
    /// <param name="pixels">Bytes between the rows are left alone.</param>
    /// <param name="pitch">Bytes from a row to the next.</param>
    /// <param name="format">XRGB8888, ARGB8888 (opaque) or RGB565.</param>
    /// <exception cref="ArgumentException">Another format, or more pixels than the bytes hold.</exception>
    public static void Draw(Span<byte> pixels, int pitch, int width, int height, uint format)
    {
        var bytesPerPixel = format switch
        {
            Fourcc.Xrgb8888 or Fourcc.Argb8888 => 4,
            Fourcc.Rgb565 => 2,
            _ => throw new ArgumentException($"no test pattern in {FormatTable.Spell(format)}", nameof(format)),
        };
        if (width <= 0 || height <= 0 || pitch < (long)width * bytesPerPixel || pixels.Length < (long)(height - 1) * pitch + (long)width * bytesPerPixel)
            throw new ArgumentException($"{pixels.Length} bytes at a pitch of {pitch} hold no {width}x{height} pixels", nameof(pixels));

        var card = new TestCard(width, height, $"{width}x{height} {FormatTable.Spell(format)}");
        for (var y = 0; y < height; y++)
        {
            var row = pixels.Slice(y * pitch, width * bytesPerPixel);
            for (var x = 0; x < width; x++)
            {
                var color = card.ColorAt(x, y).ToXrgb();
                if (bytesPerPixel == 4) BinaryPrimitives.WriteUInt32LittleEndian(row[(x * 4)..], color);
                else BinaryPrimitives.WriteUInt16LittleEndian(row[(x * 2)..], (ushort)(color >> 8 & 0xf800 | color >> 5 & 0x07e0 | color >> 3 & 0x001f));
            }
        }
    }
}
