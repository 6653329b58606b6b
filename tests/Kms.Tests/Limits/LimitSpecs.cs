using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Scanout;
using DrmActors.Kms.Limits;
using DrmActors.Messages;

namespace DrmActors.Kms.Tests.Limits;

/// <summary>Every limit at its edge, and one beyond.</summary>
public sealed class LimitSpecs
{
    private const uint Clock = 148_500;

    // 1080p at 60 Hz in four bytes a pixel.
    private const ulong Screen = 1920 * 1080 * 4 * 60;

    [Fact]
    public void No_limit_should_be_no_check_at_all()
    {
        Assert.Empty(CommitLimits.Of(LimitsDescription.None));
        Assert.Null(CommitLimits.Restriction([]));
    }

    [Fact]
    public void Planes_per_crtc_should_count_what_is_shown()
    {
        var rig = new LimitRig(new LimitsDescription { PlanesPerCrtc = 3 });
        Assert.Equal(Errno.None, rig.Show("o0"));
        Assert.Equal(Errno.None, rig.Show("o1"));
        Assert.Equal(Errno.EINVAL, rig.Show("o2"));
        Assert.Equal(Errno.None, rig.Show("o1", width: 50));
        Assert.Equal(Errno.None, rig.Hide("o0"));
        Assert.Equal(Errno.None, rig.Show("c"));
        Assert.Equal(Errno.EINVAL, rig.Show("o0"));
    }

    [Fact]
    public void Planes_per_format_should_count_that_format_only()
    {
        var rig = new LimitRig(new LimitsDescription { PlanesPerFormat = [(Fourcc.Nv12, 1)] });
        Assert.Equal(Errno.None, rig.Show("o0", format: Fourcc.Nv12));
        Assert.Equal(Errno.EINVAL, rig.Show("o1", format: Fourcc.Nv12));
        Assert.Equal(Errno.None, rig.Show("o1", format: Fourcc.Rgb565));
    }

    [Theory]
    [InlineData(200u, 400u, Errno.None)]
    [InlineData(200u, 401u, Errno.ERANGE)]
    [InlineData(200u, 50u, Errno.None)]
    [InlineData(200u, 49u, Errno.ERANGE)]
    public void Scaling_should_have_a_range(uint source, uint target, Errno expected)
    {
        var limits = new LimitsDescription { Scaling = new ScaleRange(1 << 15, 4 << 16) };
        Assert.Equal(expected, new LimitRig(limits).Show("o0", source, 100, targetWidth: target));
        Assert.Equal(expected, new LimitRig(limits).Show("o0", 100, source, targetHeight: target));
        // What is turned by a quarter is scaled as it stands on the screen.
        Assert.Equal(
            expected,
            new LimitRig(limits).Show("o0", source, 100, targetWidth: 100, targetHeight: target, rotation: Rotation.Rotate90));
    }

    [Fact]
    public void Same_scaling_should_hold_for_all_planes_of_a_crtc()
    {
        var rig = new LimitRig(new LimitsDescription { SameScaling = true });
        Assert.Equal(Errno.None, rig.Show("o0"));
        Assert.Equal(Errno.EINVAL, rig.Show("o1", targetWidth: 101));
        Assert.Equal(Errno.EINVAL, rig.Show("o0", targetHeight: 99));
    }

    [Theory]
    [InlineData("64x64 128x128", null, null, 64u, 64u, Errno.None)]
    [InlineData("64x64 128x128", null, null, 128u, 64u, Errno.EINVAL)]
    [InlineData("64x64 128x128", null, null, 65u, 65u, Errno.EINVAL)]
    [InlineData("", "16x16", "64x32", 16u, 16u, Errno.None)]
    [InlineData("", "16x16", "64x32", 15u, 16u, Errno.EINVAL)]
    [InlineData("", "16x16", "64x32", 64u, 32u, Errno.None)]
    [InlineData("", "16x16", "64x32", 64u, 33u, Errno.EINVAL)]
    [InlineData("", null, "64x32", 1u, 1u, Errno.None)]
    public void Cursors_should_have_a_size(string exact, string? least, string? greatest, uint width, uint height, Errno expected)
    {
        var limits = new LimitsDescription
        {
            CursorSizes = [.. exact.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(s => Size(s)!.Value)],
            LeastCursor = Size(least),
            GreatestCursor = Size(greatest),
        };
        Assert.Equal(expected, new LimitRig(limits).Show("c", width, height));
        Assert.Equal(Errno.None, new LimitRig(limits).Show("o0", width, height));
    }

    [Fact]
    public void Primary_plane_should_have_to_be_on_while_its_crtc_is()
    {
        var rig = new LimitRig(new LimitsDescription { PrimaryMustBeOn = true });
        Assert.Equal(Errno.EINVAL, rig.Hide("p"));
        Assert.Equal(Errno.None, rig.Show("p", 1920, 1080));
        Assert.Equal(Errno.None, rig.SetCrtc(0, null));
    }

    [Theory]
    [InlineData(3u, Errno.None)]
    [InlineData(4u, Errno.EINVAL)]
    [InlineData(5u, Errno.EINVAL)]
    public void Overlay_should_have_to_lie_below_the_primary_plane(uint zpos, Errno expected)
    {
        var limits = new LimitsDescription { OverlayBelowPrimaryOnly = true };
        Assert.Equal(expected, new LimitRig(limits).Show("o0", zpos: zpos));
        Assert.Equal(Errno.None, new LimitRig(limits).Show("c", zpos: zpos));
        var rig = new LimitRig(limits);
        Assert.Equal(Errno.None, rig.Hide("p"));
        Assert.Equal(Errno.None, rig.Show("o0", zpos: zpos));
    }

    [Theory]
    [InlineData(1u, Errno.EINVAL)]
    [InlineData(2u, Errno.None)]
    public void Crtcs_should_be_lit_only_so_many_at_a_time(uint most, Errno expected)
    {
        var rig = new LimitRig(new LimitsDescription { ActiveCrtcs = most });
        Assert.Equal(expected, rig.SetCrtc(1, TestBoard.FullHd));
        Assert.Equal(Errno.None, rig.SetCrtc(0, null));
        Assert.Equal(Errno.None, rig.SetCrtc(1, TestBoard.FullHd));
    }

    [Theory]
    [InlineData(2 * Clock, Errno.None)]
    [InlineData((2 * Clock) - 1, Errno.EINVAL)]
    public void Pixel_clocks_should_be_summed_over_all_crtcs(uint most, Errno expected) =>
        Assert.Equal(expected, new LimitRig(new LimitsDescription { TotalPixelClock = most }).SetCrtc(1, TestBoard.FullHd));

    [Theory]
    [InlineData(2 * Screen, Errno.None)]
    [InlineData((2 * Screen) - 1, Errno.ENOSPC)]
    public void Bandwidth_should_be_summed_over_all_crtcs(ulong most, Errno expected) =>
        Assert.Equal(expected, new LimitRig(new LimitsDescription { MemoryBandwidth = most }).SetCrtc(1, TestBoard.FullHd));

    [Theory]
    [InlineData(Fourcc.Xrgb8888, 100 * 100 * 4 * 60)]
    [InlineData(Fourcc.Rgb565, 100 * 100 * 2 * 60)]
    [InlineData(Fourcc.Nv12, 100 * 100 * 3 / 2 * 60)]
    public void Bandwidth_should_be_what_a_plane_reads_whatever_size_it_has_on_the_screen(uint format, ulong bytes)
    {
        Assert.Equal(Errno.None, new LimitRig(Giving(Screen + bytes)).Show("o0", format: format, targetWidth: 300));
        Assert.Equal(Errno.ENOSPC, new LimitRig(Giving(Screen + bytes - 1)).Show("o0", format: format, targetWidth: 10));

        static LimitsDescription Giving(ulong bandwidth) => new() { MemoryBandwidth = bandwidth };
    }

    [Theory]
    [InlineData(Fourcc.Nv12, 2u, 0, Errno.None)]
    [InlineData(Fourcc.Nv12, 1u, 0, Errno.EINVAL)]
    [InlineData(Fourcc.Xrgb8888, 1u, 0, Errno.None)]
    [InlineData(Fourcc.Nv12, 0u, -3, Errno.EINVAL)]
    [InlineData(Fourcc.Nv12, 1u, -3, Errno.None)]
    public void Yuv_should_begin_at_an_even_column(uint format, uint sourceX, int x, Errno expected) =>
        Assert.Equal(expected, new LimitRig(new LimitsDescription { YuvStartsEven = true }).Show("o0", format: format, sourceX: sourceX, x: x));

    [Theory]
    [InlineData(Fourcc.Nv12, Rotation.Rotate0 | Rotation.ReflectY, Errno.EINVAL)]
    [InlineData(Fourcc.Nv12, Rotation.Rotate0 | Rotation.ReflectX, Errno.None)]
    [InlineData(Fourcc.Xrgb8888, Rotation.Rotate0 | Rotation.ReflectY, Errno.None)]
    public void Yuv_should_not_be_reflected_along_y(uint format, Rotation rotation, Errno expected) =>
        Assert.Equal(expected, new LimitRig(new LimitsDescription { YuvNotReflectedY = true }).Show("o0", format: format, rotation: rotation));

    [Theory]
    [InlineData(LimitRig.Tiled, 0u, 0, Rotation.Rotate0, Errno.None)]
    [InlineData(LimitRig.Tiled, 1u, 0, Rotation.Rotate0, Errno.EINVAL)]
    [InlineData(LimitRig.Tiled, 0u, -1, Rotation.Rotate0, Errno.EINVAL)]
    [InlineData(LimitRig.Tiled, 0u, 0, Rotation.Rotate180, Errno.EINVAL)]
    [InlineData(0ul, 1u, -1, Rotation.Rotate180, Errno.None)]
    public void Tiles_should_be_read_from_the_first_one_on(ulong modifier, uint sourceX, int x, Rotation rotation, Errno expected) =>
        Assert.Equal(
            expected,
            new LimitRig(new LimitsDescription { TiledFromTheCorner = true }).Show("o0", sourceX: sourceX, x: x, rotation: rotation, modifier: modifier));

    [Theory]
    [InlineData("o0", LimitRig.Tiled, Fourcc.Xrgb8888, Errno.None)]
    [InlineData("o0", LimitRig.Tiled, Fourcc.Rgb565, Errno.EINVAL)]
    [InlineData("o0", LimitRig.Tiled + 1, Fourcc.Xrgb8888, Errno.EINVAL)]
    [InlineData("o1", LimitRig.Tiled, Fourcc.Xrgb8888, Errno.EINVAL)]
    public void A_plane_should_show_the_layouts_that_it_reads_the_format_in(string plane, ulong modifier, uint format, Errno expected) =>
        Assert.Equal(expected, new LimitRig(LimitsDescription.None).Show(plane, format: format, modifier: modifier));

    private static PixelSize? Size(string? size) =>
        size is null ? null : new PixelSize(uint.Parse(size.Split('x')[0]), uint.Parse(size.Split('x')[1]));
}
