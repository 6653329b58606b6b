using DrmActors.Messages;
using static DrmActors.Kms.Tests.TestBoard;

namespace DrmActors.Kms.Tests;

public sealed class VblankRequestSpecs
{
    [Theory]
    [InlineData(VblankFlags.Signal, Errno.EINVAL)]
    [InlineData(VblankFlags.Flip, Errno.EINVAL)]
    [InlineData((VblankFlags)0x40, Errno.EINVAL)]
    [InlineData(VblankFlags.Secondary, Errno.EINVAL)]
    [InlineData((VblankFlags)(7 << 1), Errno.EINVAL)]
    [InlineData(VblankFlags.Relative | VblankFlags.Event | VblankFlags.NextOnMiss, Errno.None)]
    public void WaitVblank_should_find_a_lit_crtc_or_refuse(VblankFlags flags, Errno expected) =>
        Assert.Equal(expected, VblankRequest.FindPipe(Lit(out _), new WaitVblank(flags, 0), lease: null, out _));

    [Theory]
    [InlineData(VblankFlags.Absolute, 105u, 100ul, 105ul)]
    [InlineData(VblankFlags.Absolute, 95u, 100ul, 95ul)]
    [InlineData(VblankFlags.Relative, 5u, 100ul, 105ul)]
    [InlineData(VblankFlags.Absolute | VblankFlags.NextOnMiss, 95u, 100ul, 101ul)]
    [InlineData(VblankFlags.Absolute | VblankFlags.NextOnMiss, 105u, 100ul, 105ul)]
    // Across the wrap of the 32 bits that are told.
    [InlineData(VblankFlags.Absolute, 3u, 0xffff_fffeul, 0x1_0000_0003ul)]
    [InlineData(VblankFlags.Absolute, 0xffff_fff0u, 0x1_0000_0003ul, 0xffff_fff0ul)]
    public void WaitVblank_should_mean_the_nearest_count(VblankFlags flags, uint sequence, ulong count, ulong expected) =>
        Assert.Equal(
            (expected, flags.HasFlag(VblankFlags.NextOnMiss) && expected == count + 1),
            (VblankRequest.Target(new WaitVblank(flags, sequence), count, out var isNext), isNext));

    [Theory]
    [InlineData(SequenceFlags.Relative, 5ul, 105ul)]
    [InlineData(SequenceFlags.None, 0x1_0000_0005ul, 0x1_0000_0005ul)]
    [InlineData(SequenceFlags.None, 95ul, 95ul)]
    [InlineData(SequenceFlags.NextOnMiss, 95ul, 101ul)]
    [InlineData(SequenceFlags.NextOnMiss, 105ul, 105ul)]
    public void QueueSequence_should_mean_a_count_of_64_bits(SequenceFlags flags, ulong sequence, ulong expected) =>
        Assert.Equal(expected, VblankRequest.Target(new CrtcQueueSequence(new(1), flags, sequence), 100));

    [Fact]
    public void Sequences_should_refuse_unknown_crtcs_then_flags_then_dark_ones()
    {
        var lit = Lit(out _);
        var dark = KmsState.Reset(lit.Config);
        var crtc = lit.Config.Crtcs.First(c => lit[c].Active);

        Assert.Equal(Errno.ENOENT, VblankRequest.FindPipe(lit, new CrtcId(9999), (SequenceFlags)8, out _));
        Assert.Equal(Errno.EINVAL, VblankRequest.FindPipe(lit, crtc.Id, (SequenceFlags)8, out _));
        Assert.Equal(Errno.EINVAL, VblankRequest.FindPipe(dark, crtc.Id, SequenceFlags.Relative, out _));
        Assert.Equal(Errno.None, VblankRequest.FindPipe(lit, crtc.Id, SequenceFlags.Relative, out var index));
        Assert.Equal(crtc.Index, index);
    }

    [Fact]
    public void A_count_should_have_passed_up_to_two_to_the_23_behind()
    {
        Assert.True(VblankRequest.HasPassed(100, 100));
        Assert.True(VblankRequest.HasPassed(100, 100 + (1 << 23)));
        Assert.False(VblankRequest.HasPassed(100, 101 + (1 << 23)));
        Assert.False(VblankRequest.HasPassed(101, 100));
    }
}
