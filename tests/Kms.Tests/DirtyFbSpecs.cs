using DrmActors.Hardware.Scanout;
using DrmActors.Messages;
using static DrmActors.Kms.Tests.TestBoard;

namespace DrmActors.Kms.Tests;

/// <summary>DIRTYFB: refusals in the kernel's order, and whom the damage concerns.</summary>
public sealed class DirtyFbSpecs
{
    // Each row has every mistake that comes behind its own as well: a board that is told of no damage comes last.
    [Theory]
    [InlineData(false, true, 257, Errno.ENOENT)]
    [InlineData(true, true, 257, Errno.EINVAL)]
    [InlineData(true, true, 1, Errno.EINVAL)] // half a pair
    [InlineData(true, false, 257, Errno.EINVAL)]
    [InlineData(true, true, 2, Errno.ENOSYS)]
    [InlineData(true, false, 256, Errno.ENOSYS)]
    [InlineData(true, false, 0, Errno.ENOSYS)]
    public void DirtyFb_should_answer_as_the_kernel(bool known, bool isCopy, int clips, Errno expected)
    {
        var lit = Lit(out var shown);
        var call = new ModeDirtyFb(
            known ? shown : new(4711), isCopy ? DirtyFlags.AnnotateCopy : DirtyFlags.AnnotateFill, 0, [.. new ClipRect[clips]]);

        Assert.Equal(expected, DirtyFbCheck.Check(lit with { Config = lit.Config with { TakesDamage = false } }, call));
        Assert.Equal(expected == Errno.ENOSYS ? Errno.None : expected, DirtyFbCheck.Check(lit, call));
    }

    [Fact]
    public void Damage_should_concern_the_active_crtcs_that_show_it_on_any_plane()
    {
        var lit = Lit(out var shown).WithFramebuffer(64, 64, Fourcc.Xrgb8888, out var small);
        var config = lit.Config.AddPlane(PlaneType.Overlay, 0b01, [Fourcc.Xrgb8888], out var overlay);
        lit = lit with { Config = config, Planes = lit.Planes.Add(PlaneState.Off) };
        Assert.Equal([Big], DirtyFbCheck.Showing(lit, shown).Select(c => c.Id));
        Assert.Empty(DirtyFbCheck.Showing(lit, small));

        var call = new ModeSetPlane(overlay, Big, small, 0, 0, 64, 64, 0, 0, 64 << 16, 64 << 16);
        Assert.Equal(Errno.None, Builds.SetPlane(lit, call, out var over));
        Assert.Equal([Big], DirtyFbCheck.Showing(over, small).Select(c => c.Id));

        var sleep = SetPropertyCheck.Widen(new ModeSetProperty(Hdmi, StandardProperties.Dpms.Id, 3));
        Assert.Equal(Errno.None, Builds.SetProperty(over, sleep, out var asleep));
        Assert.Empty(DirtyFbCheck.Showing(asleep, small));
    }
}
