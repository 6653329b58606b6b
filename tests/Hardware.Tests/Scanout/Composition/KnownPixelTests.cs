using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DrmActors.Hardware.Scanout;
using DrmActors.Hardware.Scanout.Composition;
using DrmActors.Messages;

namespace DrmActors.Hardware.Tests.Scanout.Composition;

/// <summary>Pixels whose result anybody can work out.</summary>
public class KnownPixelTests
{
    [Theory]
    [InlineData("ARGB8888", "30201080", 0x80102030)]
    [InlineData("ABGR8888", "10203080", 0x80102030)]
    [InlineData("RGBA8888", "80302010", 0x80102030)]
    [InlineData("BGRA8888", "80102030", 0x80102030)]
    [InlineData("RGB888", "302010", 0xff102030)]
    [InlineData("BGR888", "102030", 0xff102030)]
    [InlineData("RGB565", "1ff8", 0xffff00ff)]
    [InlineData("BGR565", "1f00", 0xffff0000)]
    [InlineData("XBGR2101010", "ff030000", 0xffff0000)]
    [InlineData("RGBA1010102", "0300c0ff", 0xffff0000)]
    [InlineData("XBGR16161616", "ffff00000000abcd", 0xffff0000)]
    [InlineData("R8", "40", 0xff404040)]
    [InlineData("YUYV", "10801080", 0xff000000)]
    [InlineData("UYVY", "80eb80eb", 0xffffffff)]
    [InlineData("YUYV", "515a51f0", 0xfffe0000)] // red of BT.601
    public void Format_should_be_read_as_the_header_says(string name, string hex, uint argb)
    {
        var bytes = Convert.FromHexString(hex);
        var info = FormatTable.FindByName(name)!;
        // Once alone and once over white, which shows the alpha.
        var over = Show(info.Code, bytes, BlendMode.Premultiplied, ulong.MaxValue);
        Assert.Equal(argb & 0xffffff, Show(info.Code, bytes, BlendMode.None, 0) & 0xffffff);
        var through = 255 - (argb >> 24);
        Assert.Equal(Math.Min(255, (argb & 0xff) + through), over & 0xff);
    }

    [Theory]
    [InlineData(BlendMode.Premultiplied, 0xffff, 0xff80ff7f)]
    [InlineData(BlendMode.Coverage, 0xffff, 0xff40807f)]
    [InlineData(BlendMode.None, 0xffff, 0xff80ff00)]
    [InlineData(BlendMode.Premultiplied, 0, 0xff0000ff)]
    [InlineData(BlendMode.None, 0x8080, 0xff40807f)]
    public void Blend_mode_should_say_what_alpha_means(BlendMode mode, int alpha, uint expected)
    {
        // Half transparent, over blue.
        byte[] pixel = [0x00, 0xff, 0x80, 0x80];
        Assert.Equal(expected, Show(Fourcc.Argb8888, pixel, mode, 0xffff, (ushort)alpha));
    }

    [Fact]
    public void Matrix_should_come_between_the_two_tables()
    {
        ImmutableArray<ushort> falling = [65535, 0];
        ImmutableArray<ushort> rising = [0, 65535];
        const ulong One = 1ul << 32;
        // Green takes red, red takes minus blue, blue takes twice green.
        ImmutableArray<ulong> matrix = [0, 0, One | 1ul << 63, One, 0, 0, 0, 2 * One, 0];
        var color = new ColorPipeline(new GammaTable(falling, rising, rising), matrix, new GammaTable(rising, rising, falling));

        // Red 0x40 becomes 0xbf, and that green; green 0x20 twice is blue 0x40, which falls to 0xbf.
        Assert.Equal(0xff00bfbfu, Show(Fourcc.Xrgb8888, [0x80, 0x20, 0x40, 0], BlendMode.None, 0, color: color));
    }

    [Fact]
    public void What_is_out_of_bounds_should_be_refused_before_a_pixel_moves()
    {
        var plane = Plane(Fourcc.Xrgb8888, new byte[16], 2, 2);
        Refused(plane with { SrcX = 1 });
        Refused(plane with { SrcY = uint.MaxValue, SrcH = uint.MaxValue });
        Refused(plane with { CrtcW = -1 });
        Refused(plane with { Memory = [new PixelMemory(new byte[15], 8)] });
        Refused(plane with { Memory = [new PixelMemory(new byte[16], 8, 1)] });
        Refused(plane with { Memory = [new PixelMemory(new byte[16], 8, -1)] });
        Refused(plane with { Memory = [new PixelMemory(new byte[16], int.MaxValue)] });
        Refused(plane with { Memory = [new PixelMemory(new byte[16], -8, 8)] });
        Refused(plane with { Memory = [] });
        Refused(plane with { Format = Fourcc.C8 });
        Refused(plane with { Format = Fourcc.Nv12 });
    }

    private static void Refused(PlaneInput plane)
    {
        var target = new byte[16];
        Assert.ThrowsAny<ArgumentException>(() => new FrameComposer().Compose(
            new CrtcInput(2, 2) { Background = ulong.MaxValue }, [plane], new PictureTarget { Pixels = target, Pitch = 8 }));
        Assert.All(target, b => Assert.Equal(0, b));
    }

    // Two pixels wide, for a pair of chroma; the first is the one.
    private static uint Show(
        uint format, byte[] pixel, BlendMode mode, ulong background, ushort alpha = ushort.MaxValue, ColorPipeline? color = null)
    {
        var isPair = FormatTable.Find(format)!.IsYuv;
        var plane = Plane(format, isPair ? pixel : [.. pixel, .. pixel], 2, 1) with { BlendMode = mode, Alpha = alpha };
        var target = new byte[8];
        new FrameComposer().Compose(
            new CrtcInput(2, 1) { Background = background, Color = color }, [plane], new PictureTarget { Pixels = target, Pitch = 8 });
        return MemoryMarshal.Read<uint>(target);
    }

    private static PlaneInput Plane(uint format, byte[] pixels, int width, int height) => new()
    {
        Format = format,
        Width = width,
        Height = height,
        Memory = [new PixelMemory(pixels, pixels.Length / height)],
        SrcW = (uint)width << 16,
        SrcH = (uint)height << 16,
        CrtcW = width,
        CrtcH = height,
    };
}
