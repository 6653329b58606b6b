using DrmActors.Hardware.Display;
using DrmActors.Messages;

namespace DrmActors.Hardware.Tests.Display;

public class ModeTests
{
    private static readonly ModeInfo FullHd = CtaModes.Find(16)!;

    [Theory]
    [InlineData(148_500, ModeFlags.None, 0, 60)]
    [InlineData(148_352, ModeFlags.None, 0, 60)]
    [InlineData(146_000, ModeFlags.None, 0, 59)]
    [InlineData(74_250, ModeFlags.Interlace, 0, 60)]
    [InlineData(148_500, ModeFlags.DoubleScan, 0, 30)]
    [InlineData(148_500, ModeFlags.None, 1, 60)]
    [InlineData(148_500, ModeFlags.None, 4, 15)]
    [InlineData(uint.MaxValue, ModeFlags.Interlace, 0, 0)]
    [InlineData(148_500, ModeFlags.None, ushort.MaxValue, 0)]
    public void VRefresh_should_round_to_the_nearest(uint clock, ModeFlags flags, ushort vscan, uint refresh) =>
        Assert.Equal(refresh, ModeTimings.VRefresh(FullHd with { Clock = clock, Flags = flags, VScan = vscan }));

    [Fact]
    public void VRefresh_of_a_mode_without_lines_should_be_0() => Assert.Equal(0u, ModeTimings.VRefresh(FullHd with { VTotal = 0 }));

    [Fact]
    public void RefreshMillihertz_should_tell_60_from_59_94()
    {
        Assert.Equal(60_000, ModeTimings.RefreshMillihertz(FullHd));
        Assert.Equal(59_940, ModeTimings.RefreshMillihertz(FullHd with { Clock = 148_352 }));
    }

    [Fact]
    public void Check_should_find_what_is_wrong()
    {
        Assert.Equal(ModeStatus.Ok, ModeValidation.Check(FullHd));
        Assert.Equal(ModeStatus.ClockLow, ModeValidation.Check(FullHd with { Clock = 0 }));
        Assert.Equal(ModeStatus.HorizontalIllegal, ModeValidation.Check(FullHd with { HDisplay = 0 }));
        Assert.Equal(ModeStatus.HorizontalIllegal, ModeValidation.Check(FullHd with { HSyncStart = 1919 }));
        Assert.Equal(ModeStatus.HorizontalIllegal, ModeValidation.Check(FullHd with { HSyncEnd = 2007 }));
        Assert.Equal(ModeStatus.HorizontalIllegal, ModeValidation.Check(FullHd with { HTotal = 2051 }));
        Assert.Equal(ModeStatus.VerticalIllegal, ModeValidation.Check(FullHd with { VDisplay = 0 }));
        Assert.Equal(ModeStatus.VerticalIllegal, ModeValidation.Check(FullHd with { VSyncStart = 1079 }));
        Assert.Equal(ModeStatus.VerticalIllegal, ModeValidation.Check(FullHd with { VSyncEnd = 1083 }));
        Assert.Equal(ModeStatus.VerticalIllegal, ModeValidation.Check(FullHd with { VTotal = 1088 }));
        Assert.Equal(ModeStatus.Bad, ModeValidation.Check(FullHd with { Flags = ModeFlags.Broadcast }));
        Assert.Equal(ModeStatus.Bad, ModeValidation.Check(FullHd with { Flags = (ModeFlags)(1u << 31) }));
        Assert.Equal(ModeStatus.Bad, ModeValidation.Check(FullHd with { Flags = (ModeFlags)(9 << 14) }));
        Assert.Equal(ModeStatus.Bad, ModeValidation.Check(FullHd with { Type = ModeTypes.Builtin }));
    }

    [Fact]
    public void FromClient_should_forgive_types_and_aspects_and_nothing_else()
    {
        var odd = FullHd with { Type = (ModeTypes)0xff, Flags = FullHd.Flags | ModeFlags.AspectMask };
        Assert.Equal(Errno.None, ModeValidation.FromClient(odd, out var mode));
        Assert.Equal(ModeTypes.Preferred | ModeTypes.UserDefined | ModeTypes.Driver, mode.Type);
        Assert.Equal(FullHd.Flags & ~ModeFlags.AspectMask, mode.Flags);
        Assert.Equal(Errno.EINVAL, ModeValidation.FromClient(FullHd with { HTotal = 1 }, out _));
        Assert.Equal(Errno.ERANGE, ModeValidation.FromClient(FullHd with { Clock = 1u << 31 }, out _));
        Assert.Equal(Errno.ERANGE, ModeValidation.FromClient(FullHd with { VRefresh = 1u << 31, HTotal = 1 }, out _));
    }

    /// <summary>What vkms lists on Linux 6.1, whose connector has no EDID and prefers 1024x768.</summary>
    [Fact]
    public void NoEdidModes_should_be_the_recorded_ones_in_their_order()
    {
        var recorded = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Display", "vkms-modes.txt"))
            .Where(line => !line.StartsWith('#')).Select(line => line.Trim());
        var modes = NoEdidModes.UpTo(8192, 8192)
            .Select(mode => mode.HDisplay == 1024 ? mode with { Type = mode.Type | ModeTypes.Preferred } : mode);
        Assert.Equal(recorded, ModeList.Of(modes).Select(Line));

        static string Line(ModeInfo m) =>
            $"{m.Name} {m.HDisplay} {m.HSyncStart} {m.HSyncEnd} {m.HTotal} {m.VDisplay} {m.VSyncStart} {m.VSyncEnd} {m.VTotal} {m.Clock} "
            + (m.Flags.HasFlag(ModeFlags.PHSync) ? "phsync, " : "nhsync, ") + (m.Flags.HasFlag(ModeFlags.PVSync) ? "pvsync" : "nvsync");
    }

    [Fact]
    public void NoEdidModes_should_end_at_1024x768() => Assert.Equal(
        ["1024x768@60", "800x600@60", "800x600@56", "848x480@60", "640x480@60"], NoEdidModes.Default.Select(mode => mode.ToString()));

    [Fact]
    public void ModeList_should_keep_the_preferred_of_equal_modes()
    {
        // 148499 kHz is the same number of picoseconds a pixel.
        var preferred = FullHd with { Clock = 148_499, Type = ModeTypes.Preferred };
        var merged = Assert.Single(ModeList.Of([FullHd, preferred, FullHd with { Type = ModeTypes.UserDefined }]));
        Assert.Equal(148_499u, merged.Clock);
        Assert.Equal(ModeTypes.Preferred | ModeTypes.Driver | ModeTypes.UserDefined, merged.Type);
    }

    [Fact]
    public void Expose_should_hide_aspects_and_what_they_alone_told_apart()
    {
        var plain = FullHd with { Flags = FullHd.Flags & ~ModeFlags.AspectMask };
        var stereo = FullHd with { Flags = FullHd.Flags | (ModeFlags)(1 << 14) };
        var modes = ModeList.Of([FullHd, CtaModes.Find(76)!, stereo]);
        Assert.Equal([plain], ModeList.Expose(modes, stereo: false, aspectRatio: false).AsEnumerable());
        Assert.Equal([FullHd, CtaModes.Find(76)!], ModeList.Expose(modes, stereo: false, aspectRatio: true).AsEnumerable());
        Assert.Equal(modes.AsEnumerable(), ModeList.Expose(modes, stereo: true, aspectRatio: true));
    }

    [Theory]
    [InlineData("1920x1080", 148_500)]
    [InlineData("1920x1080@60", 148_500)]
    [InlineData("1920x1080@59.94", 148_352)]
    [InlineData("1920x1080@50", 148_500)]
    [InlineData("1920x1080i", 74_250)]
    [InlineData("1920x1080i@59.94", 74_176)]
    [InlineData("3840x2160@29.97", 296_703)]
    public void ModeRequest_should_choose_the_nearest(string text, uint clock)
    {
        Assert.True(ModeRequest.TryParse(text, out var request));
        Assert.Equal(text, request.ToString());
        Assert.Equal(clock, request.Choose(Edid.Parse(EdidFiles.Read("philips-ftv-hdmi2.0")).Modes)!.Clock);
    }

    [Theory]
    [InlineData("1920x1080@58")]
    [InlineData("1234x567")]
    [InlineData("800x600i")]
    public void ModeRequest_should_choose_nothing_that_is_not_there(string text)
    {
        Assert.True(ModeRequest.TryParse(text, out var request));
        Assert.Null(request.Choose(Edid.Parse(EdidFiles.Read("philips-ftv-hdmi2.0")).Modes));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1920")]
    [InlineData("1920x")]
    [InlineData("x1080")]
    [InlineData("0x1080")]
    [InlineData("-1x1080")]
    [InlineData("70000x1080")]
    [InlineData("1920x1080@")]
    [InlineData("1920x1080@0")]
    [InlineData("1920x1080@-60")]
    [InlineData("1920x1080@1e3")]
    [InlineData("1920x1080@99999999999999999999999999999999")]
    [InlineData("1920x1080x2")]
    [InlineData("1920x1080 @60")]
    public void ModeRequest_should_refuse_what_is_no_mode(string? text) => Assert.False(ModeRequest.TryParse(text, out _));
}
