using System.Runtime.InteropServices;
using DrmActors.Hardware.Images;

namespace DrmActors.Hardware.Tests.Images;

public class PngFileTests
{
    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(3, 2, 5)]
    [InlineData(37, 19, 0)]
    [InlineData(640, 480, 64)]
    public void Written_file_should_read_back_the_same(int width, int height, int padding)
    {
        var pitch = width * 4 + padding;
        var pixels = new byte[height * pitch];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = (byte)(i % pitch / 3 + i / pitch * 2 ^ (i % 7 == 0 ? 0x55 : 0));
        var path = Path.GetTempFileName();
        try
        {
            PngFile.Write(path, width, height, pixels, pitch);
            var image = ImageFile.Read(path);
            Assert.Equal((width, height), (image.Width, image.Height));
            for (var y = 0; y < height; y++)
            {
                var expected = MemoryMarshal.Cast<byte, uint>(pixels.AsSpan(y * pitch, width * 4)).ToArray().Select(p => p | 0xff000000);
                Assert.Equal(expected, image.Xrgb.Skip(y * width).Take(width));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(0, 1, 4)]
    [InlineData(1, 0, 4)]
    [InlineData(2, 2, 7)]
    [InlineData(2, 3, 8)]
    public void Picture_that_is_none_should_leave_no_file(int width, int height, int pitch)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        Assert.Throws<ArgumentException>(() => PngFile.Write(path, width, height, new byte[16], pitch));
        Assert.False(File.Exists(path));
    }
}
