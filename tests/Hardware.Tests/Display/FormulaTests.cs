using System.Globalization;
using DrmActors.Hardware.Display;

namespace DrmActors.Hardware.Tests.Display;

public class FormulaTests
{
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 640, 480, 60 }, { 640, 480, 100 }, { 800, 600, 75 }, { 1024, 768, 60 }, { 1024, 768, 120 }, { 1280, 720, 60 }, { 1280, 1024, 85 },
        { 1440, 900, 75 }, { 1600, 1200, 60 }, { 1680, 1050, 60 }, { 1920, 1080, 60 },
        { 1920, 1200, 75 }, { 2048, 1536, 60 }, { 2560, 1600, 60 }, { 3840, 2160, 30 },
    };

    /// <summary>
    /// But for the start of hsync where it is on a character cell by itself: the kernel (and X's cvt) moves it one on all the same.
    /// </summary>
    [SkippableTheory]
    [MemberData(nameof(Sizes))]
    public void Cvt_should_compute_what_edid_decode_computes(int width, int height, int refresh)
    {
        var text = EdidDecode.Run("--cvt", Arguments(width, height, refresh));
        var mode = Cvt.Mode(width, height, refresh, reducedBlanking: false);
        Assert.Equal(EdidDecode.Timings(text), [EdidDecode.Describe(mode)]);
        var unmoved = mode with { HSyncStart = (ushort)(mode.HSyncStart - 8) };
        Assert.Contains(EdidDecode.Blanking(text), new[] { EdidDecode.BlankingOf(mode), EdidDecode.BlankingOf(unmoved) });
    }

    [Fact]
    public void Cvt_should_move_hsync_as_the_kernel_does() => Assert.Equal(664, Cvt.Mode(640, 480, 60, reducedBlanking: false).HSyncStart);

    /// <summary>
    /// The standard takes the clock from the lines of the finished frame, the kernel from the period estimated before: a step or
    /// two more.
    /// </summary>
    [SkippableTheory]
    [MemberData(nameof(Sizes))]
    public void Cvt_with_reduced_blanking_should_be_within_three_clock_steps_of_edid_decode(int width, int height, int refresh)
    {
        var text = EdidDecode.Run("--cvt", Arguments(width, height, refresh) + ",rb=1");
        var mode = Cvt.Mode(width, height, refresh, reducedBlanking: true);
        Assert.Equal(EdidDecode.Blanking(text), EdidDecode.BlankingOf(mode));
        Assert.InRange(Math.Abs(mode.Clock - EdidDecode.Kilohertz(text)), 0, 750);
        Assert.Equal(0u, mode.Clock % 250);
    }

    /// <summary>As above: the standard corrects the estimated line rate, the kernel takes it as it is.</summary>
    [SkippableTheory]
    [MemberData(nameof(Sizes))]
    public void Gtf_should_be_within_two_thousandths_of_edid_decode(int width, int height, int refresh)
    {
        var text = EdidDecode.Run("--gtf", Arguments(width, height, refresh));
        var mode = Gtf.Mode(width, height, refresh, GtfCurve.Default)!;
        Assert.Equal(EdidDecode.Blanking(text), EdidDecode.BlankingOf(mode));
        Assert.InRange(Math.Abs(mode.Clock - EdidDecode.Kilohertz(text)) / EdidDecode.Kilohertz(text), 0, 0.002m);
    }

    [Fact]
    public void Gtf_should_have_the_kernels_clock() => Assert.Equal(81_579u, Gtf.Mode(1152, 864, 60, GtfCurve.Default)!.Clock);

    [Theory]
    [InlineData(0, 0, 0, 0)]
    [InlineData(65_535, 0, 255, 0)]
    [InlineData(0, 255, 255, 255)]
    [InlineData(0, 250, 255, 0)]
    public void Gtf_should_give_nothing_for_a_curve_without_a_picture(int m, int c2, int k, int j2) =>
        Assert.Null(Gtf.Mode(2288, 1830, 123, new(m, c2, k, j2)));

    private static string Arguments(int width, int height, int refresh) =>
        string.Create(CultureInfo.InvariantCulture, $"w={width},h={height},fps={refresh}");
}
