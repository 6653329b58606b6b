using DrmActors.Hardware.Images;

namespace DrmActors.Hardware.Tests.Images;

public class PngReaderTests
{
    private const int Width = 21;
    private const int Height = 7;

    public static TheoryData<byte, byte, byte> Kinds()
    {
        var data = new TheoryData<byte, byte, byte>();
        (byte Color, byte[] Depths)[] kinds = [(0, [1, 2, 4, 8, 16]), (2, [8, 16]), (3, [1, 2, 4, 8]), (4, [8, 16]), (6, [8, 16])];
        foreach (var (color, depths) in kinds)
            foreach (var depth in depths)
                for (byte filter = 0; filter <= 4; filter++)
                    data.Add(color, depth, filter);
        return data;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_colour_type_depth_and_filter_should_be_read(byte color, byte depth, byte filter)
    {
        var random = new Random(color * 100 + depth);
        var samples = color switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        var largest = (1 << depth) - 1;
        var palette = new byte[3 * (largest + 1 & 0x1ff)];
        random.NextBytes(palette);
        var values = new int[Height, Width * samples];
        var (rows, above) = (new List<byte>(), new byte[(Width * samples * depth + 7) / 8]);
        for (var y = 0; y < Height; y++)
        {
            var row = new byte[above.Length];
            for (var i = 0; i < Width * samples; i++)
            {
                values[y, i] = random.Next(largest + 1);
                for (var bit = 0; bit < depth; bit++)
                    if ((values[y, i] >> (depth - 1 - bit) & 1) != 0)
                        row[(i * depth + bit) / 8] |= (byte)(0x80 >> (i * depth + bit) % 8);
            }

            rows.AddRange(PngBuilder.Filter(filter, row, above, Math.Max(1, samples * depth / 8)));
            above = row;
        }

        var png = new PngBuilder().Header(Width, Height, depth, color);
        if (color == 3) png.Chunk("PLTE", palette);
        var image = ImageFile.Read(png.Data([.. rows]).End().Bytes, "test.png");

        Assert.Equal((Width, Height), (image.Width, image.Height));
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
                Assert.Equal(Expected(x, y), image.Xrgb[y * Width + x]);

        uint Expected(int x, int y)
        {
            int At(int sample) => values[y, x * samples + sample];
            var alpha = color is 4 or 6 ? Scaled(At(samples - 1)) : 255;
            var (red, green, blue) = color switch
            {
                3 => (palette[At(0) * 3], palette[At(0) * 3 + 1], palette[At(0) * 3 + 2]),
                0 or 4 => (Scaled(At(0)), Scaled(At(0)), Scaled(At(0))),
                _ => (Scaled(At(0)), Scaled(At(1)), Scaled(At(2))),
            };
            return (uint)(255 << 24 | OverBlack(red, alpha) << 16 | OverBlack(green, alpha) << 8 | OverBlack(blue, alpha));
        }

        int Scaled(int sample) => (int)Math.Round(sample * 255.0 / largest);

        static int OverBlack(int value, int alpha) => (int)Math.Round(value * alpha / 255.0);
    }

    [Fact]
    public void Transparent_palette_entry_should_be_laid_over_black()
    {
        var png = new PngBuilder().Header(3, 1, 2, 3).Chunk("PLTE", 200, 100, 50, 200, 100, 50, 1, 2, 3).Chunk("tRNS", 0, 128);
        var image = ImageFile.Read(png.Data(0, 0b00_01_10_00).End().Bytes, "test.png");
        Assert.Equal([0xff000000u, 0xff643219u, 0xff010203u], image.Xrgb);
    }

    [Fact]
    public void Transparent_colour_should_be_compared_with_all_of_its_bits()
    {
        var png = new PngBuilder().Header(2, 1, 16, 0).Chunk("tRNS", 0x80, 0x01);
        var image = ImageFile.Read(png.Data(0, 0x80, 0x00, 0x80, 0x01).End().Bytes, "test.png");
        Assert.Equal([0xff808080u, 0xff000000u], image.Xrgb);
    }

    [Fact]
    public void Data_in_many_chunks_and_unknown_ancillary_ones_should_be_read()
    {
        var packed = PngBuilder.Pack([0, 1, 2, 3]);
        var png = new PngBuilder().Header(1, 1, 8, 2).Chunk("tEXt", 65, 0, 66);
        foreach (var b in packed)
            png.Chunk("IDAT", b);
        Assert.Equal([0xff010203u], ImageFile.Read(png.Chunk("IDAT").End().Bytes, "test.png").Xrgb);
    }

    // Made by another program, so that our writer and our reader cannot be wrong in the same way.
    [Fact]
    public void Foreign_file_should_be_read()
    {
        var image = ImageFile.Read(Convert.FromBase64String(Foreign), "foreign.png");
        Assert.Equal((5, 4), (image.Width, image.Height));
        for (var i = 0; i < 20; i++)
            Assert.Equal(0xff000000 | (uint)(i * 12) << 16 | (uint)(255 - i * 12) << 8 | (uint)(i * 37 & 255), image.Xrgb[i]);
    }

    private const string Foreign = "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAECAIAAADJUWIXAAAAS0lEQVR42gFAAL//AAD/AAzzJRjnSiTbbzDPlAA8w7lIt95UqwNgnyhsk00AeIdyhHuXkG+8nGPhqFcGALRLK8A/UMwzddgnmuQbv3G3HGPdW0B/AAAAAElFTkSuQmCC";
}
