using DrmActors.Hardware.Scanout;
using DrmActors.Messages;
using static DrmActors.Kms.Tests.TestBoard;

namespace DrmActors.Kms.Tests;

/// <summary>SETPLANE and the cursor calls: refusals with the kernel's errno, and what a success leaves.</summary>
public sealed class PlaneSpecs
{
    private static readonly ModeConfig WithPlanes =
        Config.AddPlane(PlaneType.Overlay, 0b01, [Fourcc.Xrgb8888], out Overlay).AddPlane(PlaneType.Cursor, 0b01, [Fourcc.Argb8888], out Cursor);

    private static readonly KmsState Lit = Light(out Shown, out Small);
    private static readonly PlaneId Overlay;
    private static readonly PlaneId Cursor;
    private static readonly FramebufferId Shown;
    private static readonly FramebufferId Small;

    private static PlaneId Primary => WithPlanes.Planes[0].Id;

    public static TheoryData<string, Errno> Refusals => new()
    {
        { "bad-plane", Errno.ENOENT },
        { "bad-crtc", Errno.ENOENT },
        { "bad-framebuffer", Errno.ENOENT },
        { "other-crtc", Errno.EINVAL },
        { "format", Errno.EINVAL },
        { "overflow", Errno.ERANGE },
        { "huge", Errno.ERANGE },
        { "source-out", Errno.ENOSPC },
        { "scaled", Errno.ERANGE },
        { "primary-moved", Errno.EINVAL },
        { "primary-small", Errno.EINVAL },
        { "primary", Errno.None },
        { "overlay", Errno.None },
        { "overlay-outside", Errno.None },
        { "off-without-crtc", Errno.None },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void SetPlane_should_answer_as_the_kernel(string what, Errno expected)
    {
        var primary = new ModeSetPlane(Primary, Big, Shown, 0, 0, 1920, 1080, 0, 0, 1920 << 16, 1080 << 16);
        var overlay = new ModeSetPlane(Overlay, Big, Small, 10, 20, 64, 64, 0, 0, 64 << 16, 64 << 16);
        var call = what switch
        {
            "bad-plane" => primary with { Plane = new(9191) },
            "bad-crtc" => primary with { Crtc = new(9191) },
            "bad-framebuffer" => primary with { Framebuffer = new(9191) },
            "other-crtc" => overlay with { Crtc = Little },
            "format" => overlay with { Plane = Cursor },
            "overflow" => primary with { CrtcX = int.MaxValue },
            "huge" => overlay with { CrtcW = 1u << 31 },
            "source-out" => primary with { SrcX = 1 << 16 },
            "scaled" => overlay with { CrtcW = 32 },
            "primary-moved" => primary with { CrtcX = 10 },
            "primary-small" => overlay with { Plane = Primary, CrtcX = 0, CrtcY = 0 },
            "primary" => primary,
            "overlay" => overlay,
            "overlay-outside" => overlay with { CrtcX = -1000 },
            _ => overlay with { Framebuffer = default, Crtc = new(9191) },
        };

        Assert.Equal(expected, Builds.SetPlane(Lit, call, out var next));
        if (expected != Errno.None)
            Assert.Same(Lit, next);
    }

    [Fact]
    public void An_overlay_should_lie_over_the_primary_plane_and_under_the_cursor()
    {
        var state = Do(Lit, new ModeCursor2(CursorFlags.Bo, Big, 0, 0, 64, 64, new(1)));
        Assert.Equal(Errno.None, Builds.SetPlane(state, new ModeSetPlane(Overlay, Big, Small, 1, 2, 64, 64, 0, 0, 64 << 16, 64 << 16), out state));

        var crtc = state.Config.Crtcs[0];
        Assert.Equal([1920u, 64u, 64u], state.Shown(crtc).Select(p => p.Framebuffer!.Width));
        Assert.Equal([Fourcc.Xrgb8888, Fourcc.Xrgb8888, Fourcc.Argb8888], state.Shown(crtc).Select(p => p.Framebuffer!.Format));
        Assert.Equal([crtc], StateChanges.Between(Lit, state));
        Assert.Empty(state.Shown(state.Config.Crtcs[1]));
    }

    [Theory]
    [InlineData(CursorFlags.None, 33u, Errno.EINVAL)]
    [InlineData((CursorFlags)8, 33u, Errno.EINVAL)]
    [InlineData(CursorFlags.Bo, 5555u, Errno.ENOENT)]
    [InlineData(CursorFlags.Bo, 36u, Errno.ENXIO)] // a CRTC without a cursor plane
    [InlineData(CursorFlags.Move, 36u, Errno.EFAULT)]
    [InlineData(CursorFlags.Move, 33u, Errno.None)]
    public void Cursor_should_answer_as_the_kernel(CursorFlags flags, uint crtc, Errno expected) =>
        Assert.Equal(expected, Builds.Cursor(Lit, new ModeCursor2(flags, new(crtc), 0, 0, 64, 64, default), null, out _));

    [Fact]
    public void A_cursor_should_stay_where_it_was_moved_to()
    {
        var state = Do(Lit, new ModeCursor2(CursorFlags.Move, Big, -10, 5, 0, 0, default));
        state = Do(state, new ModeCursor2(CursorFlags.Bo, Big, 77, 77, 64, 64, new(1)));
        var shown = state[state.Config.Find(Cursor)!];
        Assert.Equal((-10, 5, 64u), (shown.CrtcX, shown.CrtcY, shown.CrtcW));
        Assert.DoesNotContain(shown.Framebuffer!.Id, ModeQueries.Resources(state, TestBoard.File, default).Framebuffers);

        var moved = Do(state, new ModeCursor2(CursorFlags.Move, Big, 1, 2, 0, 0, default));
        Assert.Equal((1, 2), (moved[moved.Config.Find(Cursor)!].CrtcX, moved[moved.Config.Find(Cursor)!].CrtcY));
        Assert.Empty(LeftBehind(state, new ModeCursor2(CursorFlags.Move, Big, 1, 2, 0, 0, default)));

        var off = Do(moved, new ModeCursor2(CursorFlags.Bo, Big, 0, 0, 0, 0, default));
        Assert.Null(off[off.Config.Find(Cursor)!].Framebuffer);
        Assert.Same(shown.Framebuffer, Assert.Single(LeftBehind(moved, new ModeCursor2(CursorFlags.Bo, Big, 0, 0, 0, 0, default))));
    }

    private static IEnumerable<Framebuffer> LeftBehind(KmsState state, ModeCursor2 call)
    {
        var draft = new CommitDraft(state);
        Assert.Equal(Errno.None, CursorCheck.Build(draft, call, null));
        return StateChanges.LeftBehind(draft, draft.Build());
    }

    private static KmsState Do(KmsState state, ModeCursor2 call)
    {
        var buffer = CursorCheck.Framebuffer(call) is { } add
            ? new Framebuffer(default, TestBoard.File, add.Width, add.Height, add.PixelFormat, 0, FramebufferFlags.None, []) { IsLoose = true }
            : null;
        Assert.Equal(Errno.None, Builds.Cursor(state, call, buffer, out var next));
        return next;
    }

    private static KmsState Light(out FramebufferId shown, out FramebufferId small)
    {
        var state = KmsState.Reset(WithPlanes).WithFramebuffer(1920, 1080, Fourcc.Xrgb8888, out shown).WithFramebuffer(64, 64, Fourcc.Xrgb8888, out small);
        Assert.Equal(Errno.None, Builds.SetCrtc(state, TestBoard.Light(Big, shown, Hdmi, FullHd), out var lit));
        return lit;
    }
}
