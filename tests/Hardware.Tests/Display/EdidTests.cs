using DrmActors.Hardware.Display;
using DrmActors.Messages;

namespace DrmActors.Hardware.Tests.Display;

public class EdidTests
{
    public static TheoryData<string> Files => [.. EdidFiles.Names];

    [Theory]
    [MemberData(nameof(Files))]
    public void Edid_should_list_modes_as_a_connector_does(string file)
    {
        var modes = Edid.Parse(EdidFiles.Read(file)).Modes;

        Assert.All(modes, mode => Assert.Equal(ModeStatus.Ok, ModeValidation.Check(mode)));
        Assert.All(modes, mode => Assert.Equal(ModeTimings.VRefresh(mode), mode.VRefresh));
        Assert.DoesNotContain(modes.Index(), mode => modes.Take(mode.Index).Any(other => ModeTimings.Equal(mode.Item, other)));
        Assert.Equal(modes.AsEnumerable(), ModeList.Of(modes));
        var unpreferred = modes.SkipWhile(mode => mode.Type.HasFlag(ModeTypes.Preferred)).ToArray();
        Assert.DoesNotContain(unpreferred, mode => mode.Type.HasFlag(ModeTypes.Preferred));
        Assert.All(unpreferred.Zip(unpreferred.Skip(1)), pair => Assert.True(
            (pair.First.HDisplay * pair.First.VDisplay, pair.First.VRefresh, pair.First.Clock)
                .CompareTo((pair.Second.HDisplay * pair.Second.VDisplay, pair.Second.VRefresh, pair.Second.Clock)) >= 0));
    }

    [Theory]
    [InlineData("acer-xv273k-dp1", "3840x2160@60 3840x2160@120")]
    [InlineData("aoc-c24g1-dp", "1920x1080@60")]
    [InlineData("apple-macbookpro-16inch-2019", "3072x1920@60")]
    [InlineData("dell-3007wfp-dvi", "")]
    [InlineData("kds-vs555-vga", "")]
    [InlineData("lg-oled-c9-hdmi", "3840x2160@60")]
    [InlineData("philips-ftv-hdmi2.0", "1920x1080@60")]
    public void Edid_should_prefer_what_the_monitor_prefers(string file, string expected)
    {
        var preferred = Edid.Parse(EdidFiles.Read(file)).Modes.Where(mode => mode.Type.HasFlag(ModeTypes.Preferred));
        // The faster of two preferred modes of one size comes first; the expectation names them in the EDID's order.
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal),
            preferred.Select(mode => mode.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Edid_should_offer_the_second_clock_of_television_modes()
    {
        var modes = Edid.Parse(EdidFiles.Read("hp-lp2480zx-hdmi")).Modes;
        Assert.Equal([148_500u, 148_352u],
            modes.Where(mode => mode is { Name: "1920x1080", VRefresh: 60 }).Select(mode => mode.Clock).Distinct());
        Assert.Equal([27_027u, 27_000u], modes.Where(mode => mode is { Name: "720x480" }).Select(mode => mode.Clock).Distinct());
        Assert.Equal([13_513u + 1, 13_500u], modes.Where(mode => mode is { Name: "720x480i" }).Select(mode => mode.Clock).Distinct());
    }

    [Fact]
    public void Edid_without_a_television_extension_should_offer_no_second_clocks() =>
        Assert.DoesNotContain(EdidModes.Probe(Image("dell-2408wfp-dp")), found => found.Source == ModeSource.CtaAlternate);

    [Fact]
    public void Edid_of_continuous_frequency_should_offer_what_its_ranges_allow()
    {
        var inferred = EdidModes.Probe(Image("dell-e178wfp-vga")).Where(found => found.Source == ModeSource.Inferred)
            .Select(found => $"{found.Mode}").ToArray();
        // 30-83 kHz, 50-77 Hz, 129 MHz, no larger than the panel's 1440x900 or the 1280x1024 that it scales.
        Assert.Contains("1280x800@75", inferred);
        Assert.Contains("1024x576@60", inferred);
        Assert.DoesNotContain("1920x1080@60", inferred);
        Assert.DoesNotContain(inferred, name => name.EndsWith("@85", StringComparison.Ordinal));
    }

    [Fact]
    public void Edid_should_correct_a_detailed_timing_to_the_television_clock_that_it_means()
    {
        var bytes = DefaultMonitor.Edid.ToArray();
        bytes[54] = 14_835 & 0xff;
        bytes[55] = 14_835 >> 8;
        Assert.Equal(148_352u, Edid.Parse(Fixed(bytes)).Modes[0].Clock);
    }

    [Fact]
    public void Edid_should_tell_which_modes_are_for_halved_colour_only()
    {
        var bytes = EdidBuilder.Build("HALVED", 530, 300, [CtaModes.Find(16)!]);
        // In place of the video capability block: a 4:2:0 video data block with VIC 96 (3840x2160 at 50 Hz).
        byte[] block = [(CtaDataBlocks.Extended << 5) | 2, CtaDataBlocks.YCbCr420Video, 96];
        block.CopyTo(bytes, 128 + bytes[130] - 3);
        var edid = Edid.Parse(Fixed(bytes)).Edid!;
        Assert.Equal(["3840x2160@50"], edid.YCbCr420OnlyModes.Select(mode => mode.ToString()));
        Assert.Contains(edid.YCbCr420OnlyModes[0], edid.Modes);
    }

    [Fact]
    public void Edid_should_read_three_byte_codes()
    {
        var bytes = DefaultMonitor.Edid.ToArray();
        // In place of the dummy descriptor: 1280x800 and 16:10, at 75 Hz, and at 60 Hz with reduced blanking.
        byte[] descriptor = [0, 0, 0, 0xf8, 0, 1, (800 / 2 - 1) & 0xff, ((800 / 2 - 1) >> 8 << 4) | 0x08, 0x05, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        descriptor.CopyTo(bytes, 108);
        var names = EdidModes.Probe(EdidBlocks.Read(Fixed(bytes), [])!).Where(found => found.Source == ModeSource.CvtCode)
            .Select(found => (found.Mode.ToString(), DmtModes.IsReducedBlanking(found.Mode)));
        Assert.Equal([("1280x800@75", false), ("1280x800@60", true)], names);
    }

    [Fact]
    public void Edid_should_read_established_timings_three()
    {
        var bytes = DefaultMonitor.Edid.ToArray();
        byte[] descriptor = [0, 0, 0, EstablishedTimings.DescriptorTag, 0, 10, 0, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        descriptor.CopyTo(bytes, 108);
        Assert.Contains(DmtModes.ById(0x17), Edid.Parse(Fixed(bytes)).Modes);
    }

    private static EdidImage Image(string file) => EdidBlocks.Read(EdidFiles.Read(file), [])!;

    private static byte[] Fixed(byte[] bytes)
    {
        for (var block = 0; block < bytes.Length; block += 128) bytes[block + 127] = EdidBlocks.Checksum(bytes.AsSpan(block, 128));
        return bytes;
    }
}
