using System.Buffers.Binary;
using DrmActors.Hardware.Scanout;

namespace DrmActors.Hardware.Tests.Scanout;

public class ComposerTests
{
    private const byte Untouched = 0xa5;

    public static TheoryData<uint, int, int, int, int, int> Sizes()
    {
        var data = new TheoryData<uint, int, int, int, int, int>();
        foreach (var format in new[] { Fourcc.Xrgb8888, Fourcc.Argb8888, Fourcc.Rgb565, Fourcc.Xrgb16161616, Fourcc.Argb16161616 })
        {
            foreach (var width in Enumerable.Range(1, 35).Append(64).Append(1366))
                data.Add(format, width, 3, width, 3, 0);
            data.Add(format, 33, 5, 33, 5, 3); // odd pitches
            data.Add(format, 33, 5, 20, 2, 1); // a source smaller than the CRTC
            data.Add(format, 20, 2, 33, 5, 7); // and a larger one
            data.Add(format, 8, 4, 0, 0, 0);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Picture_should_equal_the_obvious_one(uint format, int width, int height, int planeWidth, int planeHeight, int padding)
    {
        var bytes = ReferenceComposer.BytesPerPixel(format);
        var pitch = (planeWidth + 2) * bytes + padding;
        var plane = new ScanoutPlane
        {
            Pixels = Noise(5 + (planeHeight + 1) * pitch),
            Format = format,
            Pitch = pitch,
            Offset = 5,
            X = 2,
            Y = 1,
            Width = planeWidth,
            Height = planeHeight,
        };
        var targetPitch = width * 4 + padding;
        var target = new byte[height * targetPitch];
        Array.Fill(target, Untouched);

        Composer.Compose(plane, width, height, target, targetPitch);

        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var pixel = BinaryPrimitives.ReadUInt32LittleEndian(target.AsSpan(y * targetPitch + x * 4));
                Assert.Equal(ReferenceComposer.PixelAt(plane, x, y), pixel);
            }

            Assert.All(target[(y * targetPitch + width * 4)..((y + 1) * targetPitch)], b => Assert.Equal(Untouched, b));
        }
    }

    [Fact]
    public void Every_pixel_of_rgb565_should_be_widened_alike()
    {
        var pixels = new byte[65536 * 2];
        for (var i = 0; i < 65536; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(pixels.AsSpan(i * 2), (ushort)i);
        var plane = new ScanoutPlane { Pixels = pixels, Format = Fourcc.Rgb565, Pitch = pixels.Length, Width = 65536, Height = 1 };
        var target = new byte[65536 * 4];

        Composer.Compose(plane, 65536, 1, target, target.Length);

        for (var x = 0; x < 65536; x++)
            Assert.Equal(ReferenceComposer.PixelAt(plane, x, 0), BinaryPrimitives.ReadUInt32LittleEndian(target.AsSpan(x * 4)));
        Assert.Equal([0xff, 0xff, 0xff, 0xff], target[^4..]);
    }

    [Fact]
    public void Premultiplied_pixel_should_keep_its_colour_over_black()
    {
        var plane = new ScanoutPlane { Pixels = [0x10, 0x20, 0x30, 0x40], Format = Fourcc.Argb8888, Pitch = 4, Width = 1, Height = 1 };
        var target = new byte[4];
        Composer.Compose(plane, 1, 1, target, 4);
        Assert.Equal([0x10, 0x20, 0x30, 0xff], target);
    }

    [Fact]
    public void Picture_without_a_plane_should_be_black()
    {
        var target = new byte[2 * 13];
        Composer.Black(3, 2, target, 13);
        Assert.Equal("000000FF000000FF000000FF00000000FF000000FF000000FF00", Convert.ToHexString(target));
    }

    [Theory]
    [InlineData(Fourcc.Nv12, 4, 4, 0, 0, 0, 16, 64)]
    [InlineData(Fourcc.Xrgb8888, 5, 4, 0, 0, 0, 20, 80)] // a pixel behind the last row
    [InlineData(Fourcc.Xrgb8888, 4, -1, 0, 0, 0, 16, 64)]
    [InlineData(Fourcc.Xrgb8888, 4, 4, 0, 0, -4, 16, 64)]
    [InlineData(Fourcc.Xrgb8888, 4, 4, 1, 0, 0, 16, 64)]
    [InlineData(Fourcc.Xrgb8888, 4, 4, 0, 1, 0, 16, 64)]
    [InlineData(Fourcc.Xrgb8888, 4, 4, 0, 0, 1, 16, 64)]
    [InlineData(Fourcc.Xrgb8888, 4, 4, -1, 0, 0, 16, 64)]
    [InlineData(Fourcc.Xrgb8888, 4, 4, 0, -1, 0, 16, 64)]
    [InlineData(Fourcc.Xrgb8888, 4, 4, int.MaxValue, 0, 0, 16, 64)]
    [InlineData(Fourcc.Xrgb8888, 4, 4, 0, int.MaxValue, 0, 16, 64)]
    [InlineData(Fourcc.Xrgb8888, 4, 4, 0, 0, 0, 15, 64)] // a target too narrow
    [InlineData(Fourcc.Xrgb8888, 4, 4, 0, 0, 0, 16, 63)] // or too short
    public void What_does_not_fit_should_be_refused(uint format, int planeWidth, int planeHeight, int x, int y, int offset, int pitch, int length)
    {
        var target = new byte[length];
        Assert.ThrowsAny<ArgumentException>(() =>
        {
            var plane = new ScanoutPlane
            {
                Pixels = new byte[64],
                Format = format,
                Pitch = 16,
                Offset = offset,
                X = x,
                Y = y,
                Width = planeWidth,
                Height = planeHeight,
            };
            Composer.Compose(plane, planeWidth, 4, target, pitch);
        });
        Assert.All(target, b => Assert.Equal(0, b));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void Pitch_of_a_single_row_should_not_matter(int pitch)
    {
        var plane = new ScanoutPlane { Pixels = [1, 2, 3, 4], Format = Fourcc.Xrgb8888, Pitch = pitch, Width = 1, Height = 1 };
        var target = new byte[4];
        Composer.Compose(plane, 1, 1, target, 4);
        Assert.Equal([1, 2, 3, 0xff], target);
    }

    [Fact]
    public void Rows_that_run_backwards_should_be_refused() => Assert.Throws<ArgumentException>(() =>
    {
        var plane = new ScanoutPlane { Pixels = new byte[16], Format = Fourcc.Xrgb8888, Pitch = -8, Offset = 8, Width = 2, Height = 2 };
        Composer.Compose(plane, 2, 2, new byte[16], 8);
    });

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
