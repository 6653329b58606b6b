using System.Collections.Immutable;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;
using static DrmActors.Kms.Tests.TestBoard;

namespace DrmActors.Kms.Tests;

/// <summary>Gamma tables, as the legacy calls and as the property GAMMA_LUT: refusals in the kernel's order, and what is told afterwards.</summary>
public sealed class GammaSpecs
{
    private static readonly KmsState Plain = KmsState.Reset(
        Config.AddCrtc(Config.Planes[0].Id, 4096, 2160, 0, gammaSize: 0, out WithoutTable));

    private static readonly CrtcId WithoutTable;

    // Each row has every mistake that comes behind its own as well.
    [Theory]
    [InlineData("unknown", 7u, 0, Errno.ENOENT)]
    [InlineData("none", 7u, 0, Errno.ENOSYS)]
    [InlineData("none", 0u, 0, Errno.ENOSYS)]
    [InlineData("little", 7u, 0, Errno.EINVAL)]
    [InlineData("little", 0u, 0, Errno.EINVAL)]
    [InlineData("little", 1024u, 1024, Errno.EINVAL)]
    [InlineData("little", 256u, 255, Errno.EFAULT)]
    [InlineData("little", 256u, 256, Errno.None)]
    [InlineData("big", 1024u, 1024, Errno.None)]
    public void SetGamma_should_answer_as_the_kernel(string crtc, uint size, int entries, Errno expected)
    {
        foreach (var table in (GammaTable[])[Ramp(entries), Ramp((int)size) with { Green = Ramp(entries).Green }, Ramp((int)size) with { Blue = Ramp(entries).Blue }])
        {
            Assert.Equal(expected, Builds.SetGamma(Plain, new ModeSetGamma(Named(crtc), size, table), out var next));
            Assert.Equal(expected != Errno.None, ReferenceEquals(Plain, next));
        }
    }

    [Theory]
    [InlineData("unknown", 7u, Errno.ENOENT)]
    [InlineData("none", 7u, Errno.EINVAL)]
    [InlineData("none", 0u, Errno.None)]
    [InlineData("little", 0u, Errno.EINVAL)]
    [InlineData("little", 256u, Errno.None)]
    [InlineData("big", 256u, Errno.EINVAL)]
    public void GetGamma_should_answer_as_the_kernel(string crtc, uint size, Errno expected) =>
        Assert.Equal(expected, ModeQueries.Gamma(Plain, new ModeGetGamma(Named(crtc), size)).Errno);

    [Fact]
    public void GetGamma_should_tell_what_was_set_last_and_before_that_steps_of_256()
    {
        var first = Get(Dark, Big, 1024);
        Assert.Equal((0, 0x100, 0xff00, 0), (first.Red[0], first.Green[1], first.Blue[255], first.Red[256]));

        var set = Set(Dark, Little, Ramp(256));

        Assert.Equal(Ramp(256).Blue.ToArray(), Get(set, Little, 256).Blue.ToArray());
        Assert.Equal(first.Red.ToArray(), Get(set, Big, 1024).Red.ToArray());
    }

    [Fact]
    public void SetGamma_should_be_told_as_the_property_and_make_a_picture_of_its_crtc_alone()
    {
        var set = Set(Dark, Little, new GammaTable(Ramp(256).Red, [.. new ushort[256]], [.. Enumerable.Repeat((ushort)7, 256)]));

        var lut = PropertyQueries.Blob(set, new BlobId((uint)PropertySpecs.Value(set, Little.Value, "GAMMA_LUT"))).Value!.Data;
        Assert.Equal(2048, lut.Length);
        Assert.Equal([0xff, 0xff, 0, 0, 7, 0, 0, 0], lut[^8..].ToArray());
        Assert.Equal((0ul, 1024ul, 256ul), (
            PropertySpecs.Value(set, Big.Value, "GAMMA_LUT"),
            PropertySpecs.Value(set, Big.Value, "GAMMA_LUT_SIZE"),
            PropertySpecs.Value(set, Little.Value, "GAMMA_LUT_SIZE")));
        Assert.Equal([Little], StateChanges.Between(Dark, set).Select(c => c.Id));
    }

    [Fact]
    public void Property_should_take_a_table_of_the_crtcs_size_or_none()
    {
        var state = BlobChanges.Create(Set(Dark, Little, Ramp(256)), TestBoard.File, BlobContents.OfGamma(Ramp(256)), out var fits);
        state = BlobChanges.Create(state, TestBoard.File, BlobContents.OfGamma(Ramp(1024)), out var large);
        state = BlobChanges.Create(state, TestBoard.File, [.. BlobContents.OfGamma(Ramp(256)), 1], out var odd);

        Assert.Equal(Errno.EINVAL, SetLut(state, large.Value, out _));
        Assert.Equal(Errno.EINVAL, SetLut(state, odd.Value, out _));
        Assert.Equal(Errno.EINVAL, SetLut(state, Little.Value, out _));
        Assert.Equal(Errno.None, SetLut(state, fits.Value, out var taken));
        Assert.Equal(Errno.None, BlobChanges.Destroy(taken, TestBoard.File, fits, out taken));
        Assert.Equal(2048, PropertyQueries.Blob(taken, fits).Value!.Data.Length);
        Assert.Equal(Errno.None, SetLut(taken, 0, out var none));
        Assert.Equal((0ul, Errno.ENOENT), (PropertySpecs.Value(none, Little.Value, "GAMMA_LUT"), PropertyQueries.Blob(none, fits).Errno));
        Assert.Equal(Ramp(256).Red.ToArray(), Get(none, Little, 256).Red.ToArray());
        var size = new ModeObjSetProperty(Little.Value, ObjectType.Crtc, StandardProperties.GammaLutSize.Id, 256);
        Assert.Equal(Errno.EINVAL, Builds.SetProperty(state, size, out _));
    }

    private static CrtcId Named(string crtc) => crtc switch { "big" => Big, "little" => Little, "none" => WithoutTable, _ => new(4711) };

    private static GammaTable Ramp(int size)
    {
        ImmutableArray<ushort> column = [.. Enumerable.Range(0, size).Select(i => (ushort)(i * 65535 / Math.Max(size - 1, 1)))];
        return new GammaTable(column, column, column);
    }

    private static KmsState Set(KmsState state, CrtcId crtc, GammaTable table)
    {
        Assert.Equal(Errno.None, Builds.SetGamma(state, new ModeSetGamma(crtc, (uint)table.Red.Length, table), out var next));
        return next;
    }

    private static GammaTable Get(KmsState state, CrtcId crtc, uint size) => ModeQueries.Gamma(state, new ModeGetGamma(crtc, size)).Value!;

    private static Errno SetLut(KmsState state, ulong blob, out KmsState next) =>
        Builds.SetProperty(state, new(Little.Value, ObjectType.Crtc, StandardProperties.GammaLut.Id, blob), out next);
}
