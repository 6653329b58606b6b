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

        Assert.Equal(expected, DirtyFbCheck.Build(new CommitDraft(lit with { Config = lit.Config with { TakesDamage = false } }), call));
        Assert.Equal(expected == Errno.ENOSYS ? Errno.None : expected, DirtyFbCheck.Build(new CommitDraft(lit), call));
    }

    [Fact]
    public void Damage_should_concern_the_planes_that_show_it_and_change_nothing()
    {
        var lit = Lit(out var shown).WithFramebuffer(64, 64, Fourcc.Xrgb8888, out var small);
        var config = lit.Config.AddPlane(PlaneType.Overlay, 0b01, [Fourcc.Xrgb8888], out var overlay);
        lit = lit with { Config = config, Planes = lit.Planes.Add(PlaneState.Off) };
        Assert.Equal([Big], Touched(lit, shown));
        Assert.Empty(Touched(lit, small));

        var call = new ModeSetPlane(overlay, Big, small, 0, 0, 64, 64, 0, 0, 64 << 16, 64 << 16);
        Assert.Equal(Errno.None, Builds.SetPlane(lit, call, out var over));
        Assert.Equal([Big], Touched(over, small));
    }

    // Of each plane that shows it, the CRTC.
    private static CrtcId[] Touched(KmsState state, FramebufferId framebuffer)
    {
        var draft = new CommitDraft(state);
        Assert.Equal(Errno.None, DirtyFbCheck.Build(draft, new ModeDirtyFb(framebuffer, DirtyFlags.None, 0, [])));
        Assert.All(draft.Planes, p => Assert.Equal(p.Old, p.New));
        Assert.Equal(draft.Planes.Select(p => p.New.Crtc), draft.Crtcs.Select(c => c.Crtc.Id));
        return [.. draft.Planes.Select(p => p.New.Crtc)];
    }
}
