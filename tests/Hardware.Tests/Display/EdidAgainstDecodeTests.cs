using System.Globalization;
using DrmActors.Hardware.Display;

namespace DrmActors.Hardware.Tests.Display;

public class EdidAgainstDecodeTests
{
    /// <summary>
    /// Every place where we follow the kernel and edid-decode reads the standard otherwise: "-" it lists and we do not, "+" the
    /// reverse. All are standard timings, which name a size and a rate but no timing.
    /// </summary>
    private static readonly Dictionary<string, string[]> Differences = new(StringComparer.Ordinal)
    {
        // Revision 4 with continuous frequencies: the kernel computes by CVT, edid-decode by GTF unless the range limits say CVT.
        ["aoc-c24g1-dp"] =
        [
            "+ 1024x768 119.804278 Hz 137750 kHz", "+ 1024x768 99.971856 Hz 112250 kHz",
            "+ 640x480 119.518103 Hz 52500 kHz", "+ 640x480 99.769005 Hz 42500 kHz",
            "+ 800x600 119.853519 Hz 83000 kHz", "+ 800x600 99.661521 Hz 67250 kHz",
            "- 1024x768 100.000177 Hz 113309 kHz", "- 1024x768 119.999931 Hz 139054 kHz",
            "- 640x480 119.999084 Hz 52406 kHz", "- 640x480 99.999537 Hz 43163 kHz",
            "- 800x600 119.999886 Hz 83950 kHz", "- 800x600 99.999707 Hz 68179 kHz",
        ],
        // The size at 60 Hz is there already, as a detailed timing with reduced blanking.
        ["dell-e178wfp-vga"] = ["- 1440x900 59.887445 Hz 106500 kHz"],
        // No DMT mode, and byte 24 does not allow GTF: the kernel computes nothing.
        ["dell-p2415q-hdmi2.0"] = ["- 2048x1280 60.000000 Hz 221328 kHz"],
        ["lg-34wk95uw-thunderbolt-dp1-tile0"] = ["- 1152x864 60.000000 Hz 81624 kHz"],
        ["lg-oled-c9-hdmi"] = ["- 1152x864 60.000000 Hz 81624 kHz"],
        // A digital input before revision 4 gets the DMT mode with reduced blanking where there is one. (1920x1200: as for the
        // e178wfp; 1600x1000: as for the p2415q.)
        ["hp-lp2480zx-hdmi"] =
        [
            "+ 1680x1050 59.883253 Hz 119000 kHz",
            "- 1600x1000 59.999820 Hz 133142 kHz", "- 1680x1050 59.954250 Hz 146250 kHz", "- 1920x1200 59.884600 Hz 193250 kHz",
        ],
        ["philips-ftv-hdmi2.0"] =
        [
            "+ 1280x800 59.909545 Hz 71000 kHz", "+ 1400x1050 59.947768 Hz 101000 kHz",
            "+ 1440x900 59.901458 Hz 88750 kHz", "+ 1680x1050 59.883253 Hz 119000 kHz",
            "- 1280x800 59.810326 Hz 83500 kHz", "- 1400x1050 59.978442 Hz 121750 kHz",
            "- 1440x900 59.887445 Hz 106500 kHz", "- 1680x1050 59.954250 Hz 146250 kHz",
        ],
    };

    public static TheoryData<string> Files => [.. EdidFiles.Names];

    /// <summary>
    /// Both ways. Beside what any EDID names there are only the second clocks of CTA modes, and modes inferred from range limits.
    /// </summary>
    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Edid_should_hold_the_modes_that_edid_decode_reads(string file)
    {
        var probed = EdidModes.Probe(EdidBlocks.Read(EdidFiles.Read(file), [])!);
        var named = probed.Where(found => found.Source is not (ModeSource.CtaAlternate or ModeSource.Inferred));
        var ours = Words(named.Select(found => found.Mode));
        var theirs = EdidDecode.Timings(EdidDecode.Run("--skip-hex-dump", EdidFiles.PathOf(file))).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(theirs);
        var differences = theirs.Except(ours).Select(timing => "- " + timing).Concat(ours.Except(theirs).Select(timing => "+ " + timing));
        AssertSame(Differences.GetValueOrDefault(file, []), differences);
        Assert.Subset(Words(Edid.Parse(EdidFiles.Read(file)).Modes), ours);
    }

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void Edid_should_say_of_the_monitor_what_edid_decode_says(string file)
    {
        var edid = Edid.Parse(EdidFiles.Read(file)).Edid!;
        var text = EdidDecode.Run("--skip-hex-dump", EdidFiles.PathOf(file));

        AssertSays($"EDID Structure Version & Revision: 1.{edid.Revision}");
        AssertSays($"Manufacturer: {edid.Manufacturer}");
        AssertSays($"Model: {edid.ProductCode}");
        if (edid.SerialNumber != 0) AssertSays($"Serial Number: {edid.SerialNumber}");
        AssertSays($" of {edid.Year}");
        AssertSays(edid.IsDigital ? "Digital display" : "Analog display");
        AssertSays($"Maximum image size: {edid.WidthMm / 10} cm x {edid.HeightMm / 10} cm");
        if (edid.MonitorName.Length > 0) AssertSays($"Display Product Name: '{edid.MonitorName}'");
        if (edid.SerialText.Length > 0) AssertSays($"Display Product Serial Number: '{edid.SerialText}'");
        if (edid.Limits is { } limits)
            AssertSays($": {limits.MinimumVertical}-{limits.MaximumVertical} Hz V, {limits.MinimumHorizontal}-{limits.MaximumHorizontal} kHz H");
        Assert.Equal(text.Contains("OUI 00-0C-03", StringComparison.Ordinal), edid.IsHdmi);
        Assert.Equal(text.Contains("Display Product Name", StringComparison.Ordinal), edid.MonitorName.Length > 0);

        void AssertSays(string words) => Assert.Contains(words, text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void CtaModes_should_be_those_of_edid_decode() =>
        AssertSame(EdidDecode.Timings(EdidDecode.Run("--list-vics")), CtaModes.All.Select(row => EdidDecode.Describe(row.Mode)));

    [SkippableFact]
    public void DmtModes_should_be_those_of_edid_decode() =>
        AssertSame(EdidDecode.Timings(EdidDecode.Run("--list-dmts")), DmtModes.All.Select(EdidDecode.Describe));

    [SkippableFact]
    public void EstablishedTimings_should_be_those_of_edid_decode_but_for_Apples_last()
    {
        byte[] all = [0, 0, 0, EstablishedTimings.DescriptorTag, 0, 10, .. Enumerable.Repeat((byte)0xff, 12)];
        var ours = EstablishedTimings.InBase(0x1ffff).Concat(EstablishedTimings.InDescriptor(all)).Select(EdidDecode.Describe);
        var theirs = EdidDecode.Timings(EdidDecode.Run("--list-established-timings"))
            .Select(timing => timing.StartsWith("1152x870 ", StringComparison.Ordinal) ? "1152x864 75.000000 Hz 108000 kHz" : timing);
        AssertSame(theirs, ours);
    }

    /// <summary>Sync pulses and polarities, of one mode of each kind of line in the tables.</summary>
    [SkippableTheory]
    [InlineData("--vic", 1)]
    [InlineData("--vic", 2)]
    [InlineData("--vic", 4)]
    [InlineData("--vic", 16)]
    [InlineData("--vic", 60)]
    [InlineData("--vic", 92)]
    [InlineData("--vic", 97)]
    [InlineData("--vic", 124)]
    [InlineData("--vic", 193)]
    [InlineData("--vic", 219)]
    [InlineData("--dmt", 0x01)]
    [InlineData("--dmt", 0x10)]
    [InlineData("--dmt", 0x16)]
    [InlineData("--dmt", 0x53)]
    [InlineData("--dmt", 0x58)]
    public void Tables_should_have_the_sync_pulses_of_edid_decode(string table, byte id)
    {
        var mode = string.Equals(table, "--vic", StringComparison.Ordinal) ? CtaModes.Find(id)! : DmtModes.ById(id);
        Assert.Equal(EdidDecode.Blanking(EdidDecode.Run(table, id.ToString(CultureInfo.InvariantCulture))), EdidDecode.BlankingOf(mode));
    }

    private static HashSet<string> Words(IEnumerable<DrmActors.Messages.ModeInfo> modes) =>
        modes.Select(EdidDecode.Describe).ToHashSet(StringComparer.Ordinal);

    private static void AssertSame(IEnumerable<string> expected, IEnumerable<string> actual) => Assert.Equal(
        string.Join('\n', expected.Order(StringComparer.Ordinal)), string.Join('\n', actual.Order(StringComparer.Ordinal)));
}
