using System.Buffers.Binary;
using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Hardware.Tests.Scanout;

public class GammaLutTests
{
    [Theory]
    [InlineData(256)]
    [InlineData(1024)]
    [InlineData(4096)]
    public void Ramp_should_leave_every_level_as_it_is(int size)
    {
        var lut = new GammaLut(Table(size, i => (int)(i * 65535L / (size - 1))));

        for (var level = 0u; level < 256; level++)
            Assert.Equal(0xff000000 | (level * 0x010101), Map(lut, level * 0x010101));
    }

    [Theory]
    [InlineData(256)]
    [InlineData(1024)]
    public void Falling_ramp_should_invert_every_level(int size)
    {
        var lut = new GammaLut(Table(size, i => 65535 - i * 65535 / (size - 1)));

        for (var level = 0u; level < 256; level++)
            Assert.Equal(0xff000000 | ((255 - level) * 0x010101), Map(lut, level * 0x010101));
    }

    [Fact]
    public void Components_should_have_columns_of_their_own()
    {
        var lut = new GammaLut(new GammaTable([0, 65535], [65535, 65535], [65535, 0]));

        Assert.Equal(0xff00ffffu, Map(lut, 0x000000));
        Assert.Equal(0xffffff00u, Map(lut, 0xffffff));
        Assert.Equal(0xff00ffffu, Map(lut, 0x7f7f7f)); // the nearest of two
    }

    [Theory]
    [InlineData(256, 128, 0)]
    [InlineData(256, 129, 1)]
    [InlineData(1024, 224, 0)] // in ten bits 3, whose upper eight are 0
    [InlineData(1024, 225, 1)]
    [InlineData(1024, 65535, 255)]
    [InlineData(2, 32896, 128)] // never fewer than eight bits
    public void Entries_should_lose_their_bits_as_in_the_hardware(int size, int entry, uint level) =>
        Assert.Equal(0xff000000 | (level * 0x010101), Map(new GammaLut(Table(size, _ => entry)), 0x123456));

    [Fact]
    public void Bytes_between_the_rows_should_be_left_alone()
    {
        var picture = new byte[2 * 12];

        new GammaLut(Table(256, _ => 65535)).Apply(2, 2, picture, 12);

        Assert.Equal([255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0], picture[..12]);
        Assert.Equal(picture[..12], picture[12..]);
        Assert.Throws<ArgumentException>(() => new GammaLut(Table(256, _ => 0)).Apply(2, 3, picture, 12));
    }

    private static GammaTable Table(int size, Func<int, int> entry)
    {
        var column = Enumerable.Range(0, size).Select(i => (ushort)entry(i)).ToArray();
        return new GammaTable([.. column], [.. column], [.. column]);
    }

    private static uint Map(GammaLut lut, uint pixel)
    {
        var picture = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(picture, pixel);
        lut.Apply(1, 1, picture, 4);
        return BinaryPrimitives.ReadUInt32LittleEndian(picture);
    }
}
