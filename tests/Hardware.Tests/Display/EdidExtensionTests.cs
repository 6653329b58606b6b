using DrmActors.Hardware.Display;
using DrmActors.Messages;

namespace DrmActors.Hardware.Tests.Display;

/// <summary>
/// What none of the real EDIDs has, or has only beside another name for the same mode: blocks made by hand behind a plain base
/// block.
/// </summary>
public class EdidExtensionTests
{
    private const byte DisplayIdCta = 0x81;

    [Fact]
    public void Hdmi_block_should_name_4K_modes_by_code()
    {
        // Physical address, flags, TMDS clock, "video present" with both latencies, 4 latency bytes, no 3D, four codes.
        byte[] vendor = [0x03, 0x0c, 0x00, 0x10, 0x00, 0x00, 60, 0xe0, 1, 2, 3, 4, 0x00, 4 << 5, 1, 2, 3, 4];
        Assert.Equal([95, 94, 93, 98], Vics(Cta(Block(3, vendor)), ModeSource.Cta));
    }

    [Theory]
    [InlineData(0x20, 9)]
    [InlineData(0x00, 18)]
    [InlineData(0xe0, 13)]
    public void Hdmi_block_that_ends_before_its_codes_should_name_none(byte flags, int length)
    {
        byte[] vendor = [0x03, 0x0c, 0x00, 0x10, 0x00, 0x00, 60, flags, 0, 1 << 5, 1, 2, 1 << 5, 1 << 5, 1, 2, 3, 4];
        Assert.Empty(Vics(Cta(Block(3, vendor[..length])), ModeSource.Cta));
    }

    [Fact]
    public void Video_block_should_have_native_marks_on_the_first_64_codes_only() =>
        Assert.Equal([16, 16, 97, 193, 219, 64, 64],
            Vics(Cta(Block(2, [16, 128 + 16, 97, 193, 219, 64, 192, 0, 128, 220, 255])), ModeSource.Cta));

    [Fact]
    public void Data_block_that_runs_over_the_collection_should_end_it()
    {
        var extension = Cta(Block(2, [16, 4]));
        extension[2] = 6;
        Assert.Empty(Vics(extension, ModeSource.Cta));
    }

    [Fact]
    public void Television_extension_before_revision_3_should_have_no_data_blocks()
    {
        var extension = Cta(Block(2, [16]));
        extension[1] = 2;
        Assert.Empty(Vics(extension, ModeSource.Cta));
    }

    [Fact]
    public void DisplayId_should_carry_a_television_collection() =>
        Assert.Equal([97, 16], Vics(Section(DisplayIdCta, Block(2, [97, 16])), ModeSource.Cta));

    [Theory]
    [InlineData(0x03, 10u)]
    [InlineData(0x22, 1u)]
    public void DisplayId_should_name_timings_in_its_own_units(byte tag, uint unit)
    {
        byte[] timing = [0x03, 0x02, 0x01, 0x80, 0xff, 0x0e, 0x9f, 0, 47, 0x80, 31, 0, 0x6f, 0x08, 61, 0, 2, 0, 4, 0];
        var mode = Assert.Single(Modes(Section(tag, timing), ModeSource.DisplayId));
        Assert.Equal(ModeTimings.Create(0x010204 * unit, 3840, 3888, 3920, 4000, 2160, 2163, 2168, 2222, SyncPolarity.PN)
            with
        { Type = ModeTypes.Driver | ModeTypes.Preferred }, mode);
    }

    [Fact]
    public void DisplayId_timing_that_no_mode_can_hold_should_be_left_out() =>
        Assert.Empty(Modes(Section(0x03, [.. Enumerable.Repeat((byte)0xff, 20)]), ModeSource.DisplayId));

    [Fact]
    public void Video_timing_block_should_have_detailed_timings()
    {
        var mode = DmtModes.ById(0x1b);
        byte[] extension = [EdidImage.TimingBlockTag, 1, 1, 0, 0, .. DetailedTiming.Write(mode, 600, 340)!];
        Array.Resize(ref extension, 128);
        Assert.Contains(mode, Modes(extension, ModeSource.Detailed));
    }

    [Fact]
    public void Television_block_should_say_how_many_blocks_there_really_are()
    {
        var first = Cta([(7 << 5) | 2, CtaDataBlocks.HdmiForumBlockCount, 2]);
        var second = Cta(Block(2, [97]));
        var found = EdidModes.Probe(EdidBlocks.Read([.. Base(extensions: 1), .. Sealed(first), .. Sealed(second)], [])!);
        Assert.Contains(CtaModes.Find(97)!, found.Select(mode => mode.Mode));
    }

    [Theory]
    [InlineData(0x00, 3, 1, 81_579, ModeFlags.PVSync)]
    [InlineData(0x00, 4, 1, 81_750, ModeFlags.PVSync)]
    [InlineData(0x00, 3, 0, 0, ModeFlags.None)]
    [InlineData(0x02, 3, 1, 76_427, ModeFlags.NVSync)]
    public void Standard_timing_without_a_table_entry_should_be_computed_as_the_monitor_allows(
        byte flags, byte revision, byte continuous, uint clock, ModeFlags vsync)
    {
        var bytes = Base(extensions: 0);
        (bytes[19], bytes[24]) = (revision, (byte)(0x0a | continuous));
        (bytes[38], bytes[39]) = (1152 / 8 - 31, 1 << 6);
        // Range limits with a second GTF curve from 40 kHz: offset 40, gradient 600, scaling 128, weighting 40.
        byte[] range = [0, 0, 0, RangeLimits.DescriptorTag, 0, 50, 76, 30, 83, 15, 0, 0, 20, 60, 600 & 0xff, 600 >> 8, 128, 40];
        range[10] = flags;
        range.CopyTo(bytes, 72);
        var found = EdidModes.Probe(EdidBlocks.Read(Sealed(bytes), [])!)
            .Where(mode => mode.Source == ModeSource.Standard && mode.Mode.HDisplay == 1152).ToArray();
        Assert.Equal(clock, found.Length == 0 ? 0 : found[0].Mode.Clock);
        if (found.Length > 0) Assert.True(found[0].Mode.Flags.HasFlag(vsync));
    }

    private static IEnumerable<byte> Vics(byte[] extension, ModeSource source) => Modes(extension, source)
        .Select(mode => CtaModes.All.First(row => ReferenceEquals(row.Mode, mode)).Vic);

    private static IEnumerable<ModeInfo> Modes(byte[] extension, ModeSource source) =>
        EdidModes.Probe(EdidBlocks.Read([.. Base(extensions: 1), .. Sealed(extension)], [])!)
            .Where(found => found.Source == source).Select(found => found.Mode);

    private static byte[] Block(byte tag, byte[] payload) => [(byte)((tag << 5) | payload.Length), .. payload];

    private static byte[] Cta(byte[] blocks)
    {
        byte[] extension = [EdidImage.CtaTag, 3, (byte)(4 + blocks.Length), 0, .. blocks];
        Array.Resize(ref extension, 128);
        return extension;
    }

    private static byte[] Section(byte tag, byte[] payload)
    {
        byte[] extension = [EdidImage.DisplayIdTag, 0x12, (byte)(payload.Length + 3), 0, 0, tag, 0, (byte)payload.Length, .. payload, 0];
        byte sum = 0;
        foreach (var value in extension.AsSpan(1)) sum += value;
        extension[^1] = (byte)-sum;
        Array.Resize(ref extension, 128);
        return extension;
    }

    private static byte[] Base(byte extensions)
    {
        var bytes = DefaultMonitor.Edid.AsSpan(0, 128).ToArray();
        bytes[126] = extensions;
        return Sealed(bytes);
    }

    private static byte[] Sealed(byte[] block)
    {
        block[127] = EdidBlocks.Checksum(block);
        return block;
    }
}
