using DrmActors.Hardware.Display;
using DrmActors.Messages;
using FsCheck;
using FsCheck.Fluent;

namespace DrmActors.Hardware.Tests.Display;

public class EdidBuilderTests
{
    private static readonly ModeInfo FullHd = CtaModes.Find(16)!;

    [Fact]
    public void DefaultMonitor_should_be_read_back()
    {
        var result = Edid.Parse(DefaultMonitor.Edid.AsSpan());
        var edid = result.Edid!;
        Assert.Null(result.Problem);
        Assert.Equal(
            ("DRM", "DRM Actors", 530, 300, true, true),
            (edid.Manufacturer, edid.MonitorName, edid.WidthMm, edid.HeightMm, edid.IsDigital, edid.IsHdmi));
        Assert.Equal("1920x1080@60", edid.Modes[0].ToString());
        Assert.Equal(ModeTypes.Preferred | ModeTypes.Driver, edid.Modes[0].Type);
        foreach (var text in "1920x1080@60 1280x720@60 1280x1024@60 1024x768@60 800x600@60 720x480@60 640x480@60".Split(' '))
        {
            Assert.True(ModeRequest.TryParse(text, out var request));
            Assert.NotNull(request.Choose(edid.Modes));
        }
    }

    [SkippableFact]
    public void DefaultMonitor_should_conform_to_the_standards() => AssertConforms("default", [.. DefaultMonitor.Edid]);

    [SkippableFact]
    public void Built_edid_should_conform_where_modes_need_detailed_timings() =>
        AssertConforms("detailed", EdidBuilder.Build("A name of 13.", 1440, 810,
    [
        Cvt.Mode(1600, 900, 60, reducedBlanking: true), FullHd, CtaModes.Find(4)!, CtaModes.Find(1)!,
        Cvt.Mode(1280, 800, 75, reducedBlanking: false), Cvt.Mode(1024, 576, 60, reducedBlanking: false),
        Cvt.Mode(1152, 864, 60, reducedBlanking: false),
    ]));

    /// <summary>
    /// Any set of the tables' progressive modes and of computed ones comes back, the first as the preferred one, and nothing with
    /// it but second clocks.
    /// </summary>
    [Fact]
    public void Built_edid_should_be_read_back()
    {
        var pool = CtaModes.All.Select(row => row.Mode).Concat(DmtModes.All).Append(DmtModes.ById(0x0a))
            .Concat(from size in new[] { (1024, 600), (1366, 768), (1600, 900), (1280, 480) }
                    from rate in new[] { 50, 60, 75 }
                    select Cvt.Mode(size.Item1, size.Item2, rate, reducedBlanking: false))
            .Where(mode => mode.Clock <= EdidBuilder.HighestClock && mode.VRefresh < 250)
            .Where(mode => (mode.Flags & (ModeFlags.Interlace | ModeFlags.DoubleClock)) == ModeFlags.None)
            .ToArray();
        var sets = Gen.Elements(pool).ArrayOf(8).Where(modes => DetailedTiming.Write(modes[0], 600, 340) is not null);
        Prop.ForAll(sets.ToArbitrary(), modes =>
        {
            byte[] bytes;
            try
            {
                bytes = EdidBuilder.Build("round trip", 600, 340, modes);
            }
            catch (ArgumentException e) when (
                e.Message.Contains("has no form", StringComparison.Ordinal) || e.Message.Contains("do not fit", StringComparison.Ordinal))
            {
                return true;
            }

            var probed = EdidModes.Probe(EdidBlocks.Read(bytes, [])!);
            var first = probed[0].Mode;
            return first.Type.HasFlag(ModeTypes.Preferred) && Same(first, modes[0])
                && modes.All(mode => probed.Exists(found => Same(found.Mode, mode)))
                && probed.TrueForAll(found => found.Source == ModeSource.CtaAlternate
                    || Array.Exists(modes, mode => Same(found.Mode, mode)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

        static bool Same(ModeInfo a, ModeInfo b) => a.Clock == b.Clock && ModeTimings.SameTiming(a, b);
    }

    [Theory]
    [InlineData("", 530, 300)]
    [InlineData("fourteen chars", 530, 300)]
    [InlineData("Ünlesbar", 530, 300)]
    [InlineData("name", 9, 300)]
    [InlineData("name", 530, 2551)]
    public void Builder_should_refuse_what_an_edid_cannot_say(string name, int width, int height) =>
        Assert.Throws<ArgumentException>(() => EdidBuilder.Build(name, width, height, [FullHd]));

    [Fact]
    public void Builder_should_refuse_modes_that_an_edid_cannot_say()
    {
        Assert.Throws<ArgumentException>(() => EdidBuilder.Build("name", 530, 300, []));
        Assert.Throws<ArgumentException>(() => EdidBuilder.Build("name", 530, 300, [FullHd with { HTotal = 0 }]));
        Assert.Throws<ArgumentException>(() => EdidBuilder.Build("name", 530, 300, [CtaModes.Find(97)!]));
        Assert.Throws<ArgumentException>(() => EdidBuilder.Build("name", 530, 300, [FullHd with { Flags = ModeFlags.CSync }]));
        Assert.Throws<ArgumentException>(() => EdidBuilder.Build("name", 530, 300, [FullHd, FullHd with { Clock = 148_507 }]));
        var many = Enumerable.Range(0, 12).Select(i => FullHd with { Clock = 140_000 + (uint)i * 100 });
        Assert.Throws<ArgumentException>(() => EdidBuilder.Build("name", 530, 300, [.. many]));
    }

    private static void AssertConforms(string name, byte[] edid)
    {
        var path = Path.Combine(AppContext.BaseDirectory, name + "-monitor.edid");
        File.WriteAllBytes(path, edid);
        var report = EdidDecode.Run("--check", path);
        Assert.True(report.Contains("EDID conformity: PASS", StringComparison.Ordinal), report);
    }
}
