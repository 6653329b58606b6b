using System.Buffers.Binary;
using System.Runtime.InteropServices;
using DrmActors.Hardware.Scanout;

namespace DrmActors.Hardware.Tests.Scanout;

public class BlendTests
{
    private const uint Blue = 0xff0000ff;

    [Theory]
    [InlineData(0xff102030, 0xff102030)] // opaque
    [InlineData(0x00000000, Blue)] // nothing there
    [InlineData(0x80800000, 0xff80007f)] // half of a red one
    [InlineData(0x00ff0000, 0xffff00ff)] // light that lets everything through
    [InlineData(0x80ffffff, 0xffffffff)] // not premultiplied, and not beyond white
    public void Alpha_should_be_premultiplied(uint pixel, uint expected)
    {
        Assert.Equal(expected, BlendOne(Fourcc.Argb8888, BitConverter.GetBytes(pixel)));
        var wide = 0ul;
        for (var i = 0; i < 4; i++)
            wide |= (pixel >> (i * 8) & 0xff) * 257ul << (i * 16);
        Assert.Equal(expected, BlendOne(Fourcc.Argb16161616, BitConverter.GetBytes(wide)));
    }

    [Theory]
    [InlineData(Fourcc.Xrgb8888)]
    [InlineData(Fourcc.Rgb565)]
    [InlineData(Fourcc.Xrgb16161616)]
    public void Formats_without_alpha_should_cover_what_is_below(uint format) =>
        Assert.Equal(0xff000000, BlendOne(format, new byte[8]));

    [Theory]
    [InlineData(0, 0, 2, 2)]
    [InlineData(3, 2, 1, 1)] // reaches over the corner
    [InlineData(4, 0, 0, 0)] // beside it
    [InlineData(0, 3, 0, 0)]
    public void A_plane_should_be_cut_off_at_the_edges(int x, int y, int columns, int rows)
    {
        var target = Target(4, 3);
        var white = new byte[2 * 2 * 4];
        Array.Fill(white, (byte)0xff);

        Composer.Blend(new ScanoutPlane { Pixels = white, Format = Fourcc.Argb8888, Pitch = 8, Width = 2, Height = 2 }, x, y, 4, 3, target, 16);

        for (var row = 0; row < 3; row++)
        {
            for (var column = 0; column < 4; column++)
            {
                var isInside = column >= x && column < x + columns && row >= y && row < y + rows;
                Assert.Equal(isInside ? 0xffffffff : Blue, BinaryPrimitives.ReadUInt32LittleEndian(target.AsSpan(row * 16 + column * 4)));
            }
        }
    }

    [Fact]
    public void A_format_that_cannot_be_composed_should_be_refused() =>
        Assert.Throws<ArgumentException>(() => Composer.Blend(new ScanoutPlane { Format = Fourcc.Nv12 }, 0, 0, 1, 1, new byte[4], 4));

    private static uint BlendOne(uint format, byte[] pixel)
    {
        var target = Target(1, 1);
        Composer.Blend(new ScanoutPlane { Pixels = pixel, Format = format, Pitch = 8, Width = 1, Height = 1 }, 0, 0, 1, 1, target, 4);
        return BinaryPrimitives.ReadUInt32LittleEndian(target);
    }

    private static byte[] Target(int width, int height)
    {
        var target = new byte[width * height * 4];
        MemoryMarshal.Cast<byte, uint>(target.AsSpan()).Fill(Blue);
        return target;
    }
}
