using DrmActors.Hardware.Display;
using DrmActors.Messages;
using FsCheck;
using FsCheck.Fluent;

namespace DrmActors.Hardware.Tests.Display;

public class FramePeriodTests
{
    private static readonly ModeInfo FullHd = new() { Clock = 148_500, HDisplay = 1920, HTotal = 2200, VDisplay = 1080, VTotal = 1125 };

    [Fact]
    public void FramePeriod_should_be_exact_and_in_lowest_terms() =>
        Assert.Equal(new FramePeriod(50_000_000, 3), FramePeriod.Of(FullHd));

    [Theory]
    [InlineData(ModeFlags.Interlace, 0, 25_000_000, 3)]
    [InlineData(ModeFlags.DoubleScan, 0, 100_000_000, 3)]
    [InlineData(ModeFlags.None, 1, 50_000_000, 3)]
    [InlineData(ModeFlags.None, 2, 100_000_000, 3)]
    [InlineData(ModeFlags.Interlace | ModeFlags.DoubleScan, 3, 50_000_000, 1)]
    public void FramePeriod_should_follow_the_flags(ModeFlags flags, ushort vscan, long numerator, long denominator) =>
        Assert.Equal(new FramePeriod(numerator, denominator), FramePeriod.Of(FullHd with { Flags = flags, VScan = vscan }));

    [Fact]
    public void FramePeriod_should_not_drift_over_a_century()
    {
        var period = FramePeriod.Of(FullHd);
        const long frames = 60L * 3600 * 24 * 36525;
        Assert.Equal(7 + frames / 60 * 1_000_000_000, period.TimeOf(7, frames));
        Assert.Equal(frames, period.CountAt(7, 7 + frames / 60 * 1_000_000_000));
    }

    [Fact]
    public void FramePeriod_should_round_down_before_the_start_too()
    {
        var period = FramePeriod.Of(FullHd);
        Assert.Equal(-16_666_667, period.TimeOf(0, -1));
        Assert.Equal(-1, period.CountAt(0, -1));
        Assert.Equal(-2, period.CountAt(0, -16_666_668));
    }

    [Fact]
    public void FramePeriod_should_refuse_a_mode_without_timing() =>
        Assert.Throws<ArgumentException>(() => FramePeriod.Of(FullHd with { Clock = 0 }));

    [Fact]
    public void FramePeriod_should_stay_positive_for_the_longest_frame()
    {
        var mode = FullHd with { Clock = 1, HTotal = ushort.MaxValue, VTotal = ushort.MaxValue, VScan = ushort.MaxValue };
        Assert.Equal(new FramePeriod(long.MaxValue, 1), FramePeriod.Of(mode));
    }

    [Fact]
    public void CountAt_should_be_the_inverse_of_TimeOf() =>
        Prop.ForAll(AnyCase(), c =>
        {
            var (period, start, n) = c;
            var due = period.TimeOf(start, n);
            return period.CountAt(start, due) == n && period.CountAt(start, due - 1) == n - 1;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void TimeOf_should_keep_each_interval_within_a_nanosecond_of_the_period() =>
        Prop.ForAll(AnyCase(), c =>
        {
            var (period, start, n) = c;
            var interval = period.TimeOf(start, n + 1) - period.TimeOf(start, n);
            var floor = period.Numerator / period.Denominator;
            return interval == floor || interval == floor + 1;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static Arbitrary<(FramePeriod Period, long Start, long N)> AnyCase() => (
        from clock in Gen.Choose(10_000, 4_000_000)
        from htotal in Gen.Choose(1_000, 8_000)
        from vtotal in Gen.Choose(100, 8_000)
        from flags in Gen.Elements(ModeFlags.None, ModeFlags.Interlace, ModeFlags.DoubleScan)
        from start in Gen.Choose(int.MinValue, int.MaxValue)
        from n in Gen.Choose(-1_000_000, 100_000_000)
        select (FramePeriod.Of(FullHd with { Clock = (uint)clock, HTotal = (ushort)htotal, VTotal = (ushort)vtotal, Flags = flags }),
            start * 1_000_003L, (long)n)).ToArbitrary();
}
