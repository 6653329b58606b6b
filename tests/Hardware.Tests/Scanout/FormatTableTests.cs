using DrmActors.Hardware.Scanout;

namespace DrmActors.Hardware.Tests.Scanout;

public class FormatTableTests
{
    [Theory]
    [InlineData(8, 8, "C8")]
    [InlineData(16, 15, "XR15")]
    [InlineData(16, 16, "RG16")]
    [InlineData(24, 24, "RG24")]
    [InlineData(32, 24, "XR24")]
    [InlineData(32, 30, "XR30")]
    [InlineData(32, 32, "AR24")]
    public void Legacy_pair_should_name_its_format(uint bpp, uint depth, string fourcc)
    {
        var info = FormatTable.Find(FormatTable.FromLegacy(bpp, depth));
        Assert.NotNull(info);
        Assert.Equal(fourcc, FormatTable.Spell(info.Code));
        Assert.Equal(((int)bpp, (int)depth), (info.BitsPerPixel(), info.Depth));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(8, 0)]
    [InlineData(16, 24)]
    [InlineData(24, 32)]
    [InlineData(32, 0)]
    [InlineData(32, 16)]
    [InlineData(33, 24)]
    [InlineData(uint.MaxValue, uint.MaxValue)]
    public void Any_other_legacy_pair_should_name_none(uint bpp, uint depth) =>
        Assert.Equal(Fourcc.Invalid, FormatTable.FromLegacy(bpp, depth));

    [Theory]
    [InlineData(Fourcc.Xrgb8888, 0x34325258u, "XRGB8888")]
    [InlineData(Fourcc.Argb8888, 0x34325241u, "ARGB8888")]
    [InlineData(Fourcc.Rgb565, 0x36314752u, "RGB565")]
    [InlineData(Fourcc.Rgb888, 0x34324752u, "RGB888")]
    [InlineData(Fourcc.C8, 0x20203843u, "C8")]
    [InlineData(Fourcc.Xrgb1555, 0x35315258u, "XRGB1555")]
    [InlineData(Fourcc.Xrgb2101010, 0x30335258u, "XRGB2101010")]
    [InlineData(Fourcc.Nv12, 0x3231564eu, "NV12")]
    public void Named_format_should_have_the_code_of_the_header(uint constant, uint code, string name)
    {
        Assert.Equal(code, constant);
        Assert.Equal(name, FormatTable.Find(code)?.Name);
        Assert.Equal(code, FormatTable.FindByName(name)?.Code);
    }

    [Theory]
    [InlineData("XRGB8888", 0, 1920, 7680)]
    [InlineData("RGB565", 0, 3, 6)]
    [InlineData("RGB888", 0, 5, 15)]
    [InlineData("XRGB8888", 0, uint.MaxValue, 17179869180)]
    [InlineData("NV12", 0, 101, 101)]
    [InlineData("NV12", 1, 101, 102)]
    [InlineData("NV16", 1, 101, 102)]
    [InlineData("NV24", 1, 101, 202)]
    [InlineData("YUV420", 2, 101, 51)]
    [InlineData("NV15", 0, 5, 7)]
    [InlineData("NV15", 1, 5, 8)]
    [InlineData("XRGB8888", 1, 1920, 0)]
    [InlineData("XRGB8888", -1, 1920, 0)]
    public void Smallest_pitch_should_follow_from_the_format(string name, int plane, uint width, ulong pitch)
    {
        var info = FormatTable.FindByName(name)!;
        Assert.Equal(pitch, FormatTable.MinPitch(info, plane, info.PlaneWidth(plane, width)));
    }

    [Theory]
    [InlineData("NV12", 1, 51, 51)]
    [InlineData("NV16", 1, 51, 101)]
    [InlineData("NV24", 1, 101, 101)]
    [InlineData("NV12", 0, 101, 101)]
    public void Chroma_plane_should_be_rounded_up(string name, int plane, uint width, uint height)
    {
        var info = FormatTable.FindByName(name)!;
        Assert.Equal((width, height), (info.PlaneWidth(plane, 101), info.PlaneHeight(plane, 101)));
    }

    [Fact]
    public void Table_should_hold_together()
    {
        Assert.Equal(FormatTable.All.Length, FormatTable.All.Select(f => f.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(FormatTable.All, f =>
        {
            Assert.InRange(f.Planes.Length, 1, 3);
            Assert.All(f.Planes, p => Assert.InRange(p.CharPerBlock, 1, 8));
            Assert.Equal(f.Code, FormatTable.Fourcc(FormatTable.Spell(f.Code)));
            Assert.Equal(f.Name.Contains('A') && !f.IsYuv || f.Name is "AYUV", f.HasAlpha);
            Assert.True(f.IsYuv || f.HSub == 1 && f.VSub == 1);
        });
    }

    [Fact]
    public void Unknown_and_big_endian_formats_should_not_be_found()
    {
        Assert.Null(FormatTable.Find(0));
        Assert.Null(FormatTable.Find(Fourcc.Xrgb8888 | Fourcc.BigEndian));
        Assert.Null(FormatTable.FindByName("xrgb8888"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("XRGB8")]
    [InlineData("XR\n4")]
    public void Broken_fourcc_should_be_refused(string characters) =>
        Assert.Throws<ArgumentException>(() => FormatTable.Fourcc(characters));

    [Fact]
    public void Format_should_show_itself_as_logs_do() =>
        Assert.Equal("XR24 (0x34325258)", FormatTable.Find(Fourcc.Xrgb8888)!.ToString());
}
