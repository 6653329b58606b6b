using System.Buffers.Binary;
using DrmActors.Hardware.Images;
using DrmActors.Hardware.Scanout;

namespace DrmActors.Hardware.Tests.Images;

public class TestPatternTests
{
    [Theory]
    [InlineData(1920, 1080)]
    [InlineData(640, 480)]
    [InlineData(480, 800)]
    [InlineData(17, 5)]
    [InlineData(1, 1)]
    public void Any_size_should_have_white_edges_and_no_alpha(int width, int height)
    {
        var pitch = width * 4 + 12;
        var pixels = new byte[height * pitch];
        Array.Fill(pixels, (byte)0xa5);
        TestPattern.Draw(pixels, pitch, width, height, Fourcc.Argb8888);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var pixel = BinaryPrimitives.ReadUInt32LittleEndian(pixels.AsSpan(y * pitch + x * 4));
                Assert.Equal(0xff000000, pixel & 0xff000000);
                if (x == 0 || y == 0 || x == width - 1 || y == height - 1) Assert.Equal(uint.MaxValue, pixel);
            }

            Assert.All(pixels[(y * pitch + width * 4)..((y + 1) * pitch)], b => Assert.Equal(0xa5, b));
        }
    }

    [Fact]
    public void Colour_bars_should_be_where_a_viewer_looks_for_them()
    {
        var pixels = new byte[1920 * 1080 * 4];
        TestPattern.Draw(pixels, 1920 * 4, 1920, 1080, Fourcc.Xrgb8888);
        uint[] bars = [0xffffff, 0xffff00, 0x00ffff, 0x00ff00, 0xff00ff, 0xff0000, 0x0000ff, 0x000000];
        for (var i = 0; i < bars.Length; i++)
        {
            var x = 960 - 472 + 118 * i + 59;
            Assert.Equal(bars[i], BinaryPrimitives.ReadUInt32LittleEndian(pixels.AsSpan((430 * 1920 + x) * 4)) & 0xffffff);
        }
    }

    [Fact]
    public void Rgb565_should_be_the_same_picture_with_fewer_bits()
    {
        var (full, less) = (new byte[320 * 240 * 4], new byte[320 * 240 * 2]);
        TestPattern.Draw(full, 320 * 4, 320, 240, Fourcc.Xrgb8888);
        TestPattern.Draw(less, 320 * 2, 320, 240, Fourcc.Rgb565);
        // The writing at the bottom names the format, so it differs.
        for (var i = 0; i < 320 * 160; i++)
        {
            var pixel = BinaryPrimitives.ReadUInt32LittleEndian(full.AsSpan(i * 4));
            var expected = (pixel >> 19 & 31) << 11 | (pixel >> 10 & 63) << 5 | pixel >> 3 & 31;
            Assert.Equal(expected, BinaryPrimitives.ReadUInt16LittleEndian(less.AsSpan(i * 2)));
        }
    }

    [Theory]
    [InlineData(Fourcc.Nv12, 64, 16, 4)]
    [InlineData(Fourcc.Xrgb8888, 63, 16, 4)]
    [InlineData(Fourcc.Xrgb8888, 64, 15, 4)]
    [InlineData(Fourcc.Xrgb8888, 64, 16, 0)]
    public void What_cannot_be_drawn_should_be_refused(uint format, int length, int pitch, int height) =>
        Assert.Throws<ArgumentException>(() => TestPattern.Draw(new byte[length], pitch, 4, height, format));
}
