using DrmActors.Hardware.Scanout;

namespace DrmActors.Hardware.Tests.Scanout;

public class FrameCrcTests
{
    [Fact]
    public void Reference_should_be_the_published_crc32c() =>
        // The check value that every catalogue of CRCs gives for CRC-32C.
        Assert.Equal(0xe3069283, Crc32C("123456789"u8));

    [Theory]
    [InlineData(1, 1, 0)]
    [InlineData(2, 3, 0)]
    [InlineData(3, 5, 3)]
    [InlineData(16, 4, 1)]
    [InlineData(17, 11, 8)]
    [InlineData(333, 97, 5)]
    public void Value_should_be_the_crc32c_of_the_visible_bytes(int width, int height, int padding)
    {
        var pitch = width * 4 + padding;
        var picture = new byte[height * pitch];
        new Random(width).NextBytes(picture);
        Assert.Equal(Crc32C(VisibleBytes(picture, width, height, pitch)), FrameCrc.Compute(picture, width, height, pitch));
    }

    [Fact]
    public void Padding_and_the_x_bytes_should_not_count()
    {
        var picture = new byte[4 * 24];
        var before = FrameCrc.Compute(picture, 5, 4, 24);
        for (var i = 0; i < picture.Length; i++)
            if (i % 24 >= 20 || i % 4 == 3)
                picture[i] = 0x77;
        Assert.Equal(before, FrameCrc.Compute(picture, 5, 4, 24));
    }

    [Fact]
    public void Every_visible_byte_should_count()
    {
        var picture = new byte[5 * 12];
        var values = new HashSet<uint> { FrameCrc.Compute(picture, 3, 5, 12) };
        foreach (var i in Enumerable.Range(0, picture.Length).Where(i => i % 4 != 3))
        {
            picture[i] = 1;
            Assert.True(values.Add(FrameCrc.Compute(picture, 3, 5, 12)), $"byte {i}");
            picture[i] = 0;
        }
    }

    [Fact]
    public void Value_should_be_the_same_on_every_machine()
    {
        var picture = new byte[64 * 48 * 4];
        for (var i = 0; i < picture.Length; i++)
            picture[i] = (byte)(i * 7 + i / 256);
        Assert.Equal(Golden, FrameCrc.Compute(picture, 64, 48, 256));
    }

    // Computed outside of this project, bit by bit.
    private const uint Golden = 0x418d8968;

    [Fact]
    public void Picture_beyond_its_bytes_should_be_refused() =>
        Assert.Throws<ArgumentException>(() => FrameCrc.Compute(new byte[63], 4, 4, 16));

    private static byte[] VisibleBytes(byte[] picture, int width, int height, int pitch) =>
        [.. Enumerable.Range(0, height).SelectMany(y => picture.Skip(y * pitch).Take(width * 4)).Select((b, i) => i % 4 == 3 ? (byte)0xff : b)];

    private static uint Crc32C(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? crc >> 1 ^ 0x82f63b78 : crc >> 1;
        }

        return ~crc;
    }
}
