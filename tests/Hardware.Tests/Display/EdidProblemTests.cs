using DrmActors.Hardware.Display;
using FsCheck;
using FsCheck.Fluent;

namespace DrmActors.Hardware.Tests.Display;

public class EdidProblemTests
{
    private const int Unchanged = -1;

    public static TheoryData<string> Whole => [.. EdidFiles.Names.Except([EdidFiles.Corrupted], StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Whole))]
    public void Whole_edid_should_have_no_problem(string file) => Assert.Null(Edid.Parse(EdidFiles.Read(file)).Problem);

    [Fact]
    public void Corrupted_edid_should_lose_the_block_that_is_none()
    {
        var corrupted = Edid.Parse(EdidFiles.Read(EdidFiles.Corrupted));
        Assert.Equal(
            "EDID block 2, byte 0 (extension tag): found 0x00, expected 0x02 (CTA-861) or 0x70 (DisplayID); the block is ignored.",
            corrupted.Problem);
        Assert.Equal("XV273K", corrupted.Edid!.MonitorName);
        Assert.DoesNotContain(corrupted.Modes, mode => mode.VRefresh == 144 && mode.HDisplay == 1920 && mode.VDisplay == 2160);
    }

    [Theory]
    [InlineData(127, 0x00, "EDID block 0, byte 127 (checksum): found 0x00, expected 0x8C; the EDID is not used.")]
    [InlineData(30, 0x00, "EDID block 0, byte 127 (checksum): found 0x8C, expected 0x43; the EDID is not used.")]
    [InlineData(18, 2, "EDID block 0, byte 18 (version): found 0x02, expected 0x01; the EDID is not used.", true)]
    [InlineData(126, 2, "EDID block 0, byte 126 (extension count): found 2, expected 1, which is what follows; the EDID is not used.", true)]
    public void Bad_base_block_should_be_refused(int index, byte value, string problem, bool fixChecksum = false)
    {
        var result = Edid.Parse(Damage(index, value, fixChecksum));
        Assert.Equal(problem, result.Problem);
        Assert.Null(result.Edid);
        Assert.Equal(NoEdidModes.Default.AsEnumerable(), result.Modes);
    }

    [Fact]
    public void Bad_header_should_be_refused()
    {
        var bytes = EdidFiles.Read("hp-lp2480zx-hdmi");
        bytes[1] = bytes[2] = bytes[3] = 0x12;
        var result = Edid.Parse(bytes);
        Assert.Equal("EDID block 0, byte 1 (header): found 0x12, expected 0xFF; the EDID is not used.", result.Problem);
        Assert.Null(result.Edid);
    }

    [Fact]
    public void Slightly_bad_header_should_be_repaired()
    {
        var result = Edid.Parse(Damage(1, 0x12));
        Assert.Equal("EDID block 0, byte 1 (header): found 0x12, expected 0xFF; the header is repaired.", result.Problem);
        Assert.Equal(EdidFiles.Read("hp-lp2480zx-hdmi"), result.Edid!.Bytes);
    }

    [Theory]
    [InlineData(0, "EDID block 0, byte 0: the block ends here, expected 128 bytes; the EDID is not used.")]
    [InlineData(127, "EDID block 0, byte 127: the block ends here, expected 128 bytes; the EDID is not used.")]
    [InlineData(200, "EDID block 1, byte 72: the block ends here, expected 128 bytes; the EDID is not used.")]
    [InlineData(128, "EDID block 0, byte 126 (extension count): found 1, expected 0, which is what follows; the EDID is not used.")]
    public void Truncated_edid_should_be_refused(int length, string problem)
    {
        var result = Edid.Parse(EdidFiles.Read("hp-lp2480zx-hdmi").AsSpan(0, length));
        Assert.Equal(problem, result.Problem);
        Assert.Null(result.Edid);
    }

    [Fact]
    public void Bytes_after_the_last_block_should_be_ignored()
    {
        var result = Edid.Parse([.. EdidFiles.Read("dell-2408wfp-dp"), 1, 2, 3]);
        Assert.Equal("EDID block 0, byte 126 (extension count): found 0, 3 more bytes follow and are ignored.", result.Problem);
        Assert.Equal(EdidFiles.Read("dell-2408wfp-dp"), result.Edid!.Bytes);
    }

    [Fact]
    public void Television_block_with_a_bad_checksum_should_be_used()
    {
        var result = Edid.Parse(Damage(128 + 127, 0));
        Assert.Equal("EDID block 1, byte 127 (checksum): found 0x00, expected 0xF0; the block is used all the same.", result.Problem);
        Assert.Equal(Edid.Parse(Damage(Unchanged, 0)).Modes.AsEnumerable(), result.Modes);
    }

    [Fact]
    public void Other_block_with_a_bad_checksum_should_be_dropped()
    {
        var bytes = EdidFiles.Read("apple-macbookpro-16inch-2019");
        bytes[128 + 127]++;
        var result = Edid.Parse(bytes);
        Assert.Equal("EDID block 1, byte 127 (checksum): found 0x91, expected 0x90; the block is ignored.", result.Problem);
        Assert.Equal(128, result.Edid!.Bytes.Length);
        Assert.Null(Edid.Parse(result.Edid.Bytes.AsSpan()).Problem);
    }

    [Fact]
    public void DisplayId_section_with_a_bad_checksum_should_not_be_read()
    {
        var bytes = EdidFiles.Read("acer-xv273k-dp1");
        bytes[256 + 20]++;
        bytes[256 + 127]--;
        var result = Edid.Parse(bytes);
        Assert.Equal("EDID block 2, byte 126 (DisplayID checksum): found 0x94, expected 0x93; the section is ignored.", result.Problem);
        Assert.DoesNotContain(result.Modes, mode => mode is { HDisplay: 1920, VDisplay: 2160 });
    }

    [Fact]
    public void No_bytes_should_make_the_parser_throw() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => Edid.Parse(bytes).Modes.Length > 0)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    /// <summary>Real ones with up to 40 bytes changed, and checksums made good, so that what is behind them is read.</summary>
    [Fact]
    public void No_damage_should_make_the_parser_throw()
    {
        var files = EdidFiles.Names.Select(EdidFiles.Read).ToArray();
        var damaged =
            from file in Gen.Elements(files)
            from count in Gen.Choose(1, 40)
            from places in Gen.Choose(8, file.Length - 1).ArrayOf(count)
            from values in Gen.OneOf(Gen.Elements<byte>(0, 1, 2, 3, 0x7f, 0x80, 0xf7, 0xf8, 0xfa, 0xfd, 0xff), Gen.Choose(0, 255).Select(i => (byte)i))
                .ArrayOf(count)
            select Apply(file, places, values);
        Prop.ForAll(damaged.ToArbitrary(), bytes =>
        {
            var result = Edid.Parse(bytes);
            return result.Modes.All(mode => ModeValidation.Check(mode) == ModeStatus.Ok)
                && (result.Edid is null || Edid.Parse(result.Edid.Bytes.AsSpan()).Edid!.Modes.SequenceEqual(result.Edid.Modes));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(3000));
    }

    private static byte[] Apply(byte[] file, int[] places, byte[] values)
    {
        var bytes = (byte[])file.Clone();
        for (var i = 0; i < places.Length; i++)
            if (places[i] is not (18 or 126)) bytes[places[i]] = values[i];
        for (var block = 0; block < bytes.Length; block += 128)
        {
            var extension = bytes.AsSpan(block, 128);
            // A DisplayID section has a checksum of its own, before the block's.
            if (extension[0] == EdidImage.DisplayIdTag && extension[2] <= 121)
            {
                extension[extension[2] + 5] = 0;
                byte sum = 0;
                foreach (var value in extension.Slice(1, extension[2] + 5)) sum += value;
                extension[extension[2] + 5] = (byte)-sum;
            }

            extension[127] = EdidBlocks.Checksum(extension);
        }

        return bytes;
    }

    private static byte[] Damage(int index, byte value, bool fixChecksum = false)
    {
        var bytes = EdidFiles.Read("hp-lp2480zx-hdmi");
        if (index != Unchanged) bytes[index] = value;
        if (fixChecksum) bytes[127] = EdidBlocks.Checksum(bytes);
        return bytes;
    }
}
