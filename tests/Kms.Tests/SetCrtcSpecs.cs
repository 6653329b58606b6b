using DrmActors.Hardware.Scanout;
using DrmActors.Messages;
using static DrmActors.Kms.Tests.TestBoard;

namespace DrmActors.Kms.Tests;

/// <summary>SETCRTC's refusals, each with the kernel's errno, and what a success leaves.</summary>
public sealed class SetCrtcSpecs
{
    private static readonly KmsState State =
        Dark.WithFramebuffer(1920, 1080, Fourcc.Xrgb8888, out Full).WithFramebuffer(1920, 1080, Fourcc.C8, out Palette)
            .WithFramebuffer(3840, 2160, Fourcc.Xrgb8888, out Large);

    private static readonly FramebufferId Full;
    private static readonly FramebufferId Palette;
    private static readonly FramebufferId Large;

    public static TheoryData<string, Errno> Refusals => new()
    {
        { "x-overflow", Errno.ERANGE },
        { "bad-crtc", Errno.ENOENT },
        { "keep-framebuffer-of-dark-crtc", Errno.EINVAL },
        { "bad-framebuffer", Errno.ENOENT },
        { "no-framebuffer", Errno.ENOENT },
        { "clock-0", Errno.EINVAL },
        { "htotal-small", Errno.EINVAL },
        { "hsync-early", Errno.EINVAL },
        { "hdisplay-0", Errno.EINVAL },
        { "mode-flags", Errno.EINVAL },
        { "too-wide-for-the-crtc", Errno.EINVAL },
        { "format-of-no-plane", Errno.EINVAL },
        { "framebuffer-too-small", Errno.ENOSPC },
        { "panned-out", Errno.ENOSPC },
        { "no-connectors", Errno.EINVAL },
        { "connectors-without-mode", Errno.EINVAL },
        { "too-many-connectors", Errno.EINVAL },
        { "bad-connector", Errno.ENOENT },
        { "connector-out-of-reach", Errno.EINVAL },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void SetCrtc_should_refuse(string reason, Errno expected)
    {
        var good = Light(Big, Full, Hdmi, FullHd);
        var call = reason switch
        {
            "x-overflow" => good with { X = 0x10000, Crtc = new(99) },
            "bad-crtc" => good with { Crtc = new(99) },
            "keep-framebuffer-of-dark-crtc" => good with { Framebuffer = ModeSetCrtc.KeepFramebuffer },
            "bad-framebuffer" => good with { Framebuffer = new(99), Mode = FullHd with { Clock = 0 } },
            "no-framebuffer" => good with { Framebuffer = default },
            "clock-0" => good with { Mode = FullHd with { Clock = 0 } },
            "htotal-small" => good with { Mode = FullHd with { HTotal = 1920 } },
            "hsync-early" => good with { Mode = FullHd with { HSyncStart = 1900 } },
            "hdisplay-0" => good with { Mode = FullHd with { HDisplay = 0 } },
            "mode-flags" => good with { Mode = FullHd with { Flags = ModeFlags.Broadcast } },
            "too-wide-for-the-crtc" => good with { Crtc = Little, Mode = Uhd, Framebuffer = Large },
            "format-of-no-plane" => good with { Framebuffer = Palette },
            "framebuffer-too-small" => good with { Mode = Wqhd },
            "panned-out" => good with { X = 1 },
            "no-connectors" => good with { Connectors = [] },
            "connectors-without-mode" => good with { Mode = null },
            "too-many-connectors" => good with { Connectors = [Hdmi, Edp, Hdmi] },
            "bad-connector" => good with { Connectors = [new(99)] },
            _ => good with { Connectors = [Edp] },
        };

        Assert.Equal(expected, Builds.SetCrtc(State, call, out var next));
        if (expected is not Errno.EINVAL || reason != "connector-out-of-reach")
            Assert.Same(State, next);
    }

    [Fact]
    public void SetCrtc_should_light_crtc_plane_and_connector()
    {
        var lit = Lit(out var shown);

        var crtc = ModeQueries.Crtc(lit, Big).Value!;
        Assert.Equal((shown, 0u, 0u), (crtc.Framebuffer, crtc.X, crtc.Y));
        Assert.Equal(1920, crtc.Mode!.HDisplay);
        var connector = ModeQueries.Connector(lit, Hdmi, default).Value!;
        Assert.Equal(Big, ModeQueries.Encoder(lit, connector.Encoder).Value!.Crtc);
        Assert.Null(ModeQueries.Crtc(lit, Little).Value!.Mode);
    }

    [Fact]
    public void SetCrtc_should_take_a_connector_from_another_crtc_and_switch_that_off()
    {
        var loose = KmsState.Reset(Build(new PlaneLimits())).WithFramebuffer(1920, 1080, Fourcc.Xrgb8888, out var shown);
        Assert.Equal(Errno.None, Builds.SetCrtc(loose, Light(Big, shown, Hdmi, FullHd), out var lit));

        Assert.Equal(Errno.None, Builds.SetCrtc(lit, Light(Little, shown, Hdmi, FullHd), out var moved));

        Assert.Null(ModeQueries.Crtc(moved, Big).Value!.Mode);
        Assert.Equal(shown, ModeQueries.Crtc(moved, Big).Value!.Framebuffer); // its plane is as it was, and not seen
        Assert.Equal(shown, ModeQueries.Crtc(moved, Little).Value!.Framebuffer);
        Assert.Equal(2, StateChanges.Between(lit, moved).Count);
    }

    [Fact]
    public void SetCrtc_should_leave_a_crtc_on_whose_primary_plane_has_to_cover_it() =>
        Assert.Equal(Errno.EINVAL, Builds.SetCrtc(Lit(out var shown), Light(Little, shown, Hdmi, FullHd), out _));

    [Fact]
    public void SetCrtc_without_a_mode_should_switch_off()
    {
        var lit = Lit(out _);

        Assert.Equal(Errno.None, Builds.SetCrtc(lit, new ModeSetCrtc(Big, default, 0, 0, [], null), out var off));

        Assert.Null(ModeQueries.Crtc(off, Big).Value!.Mode);
        Assert.Equal(default, ModeQueries.Connector(off, Hdmi, default).Value!.Encoder);
    }

    [Fact]
    public void SetCrtc_should_keep_the_framebuffer_when_asked_to()
    {
        var lit = Lit(out var shown);

        Assert.Equal(Errno.None, Builds.SetCrtc(lit, Light(Big, ModeSetCrtc.KeepFramebuffer, Hdmi, FullHd), out var next));

        Assert.Equal(shown, ModeQueries.Crtc(next, Big).Value!.Framebuffer);
    }

    [Fact]
    public void SetCrtc_should_take_the_same_connector_twice() =>
        Assert.Equal(Errno.None, Builds.SetCrtc(State, Light(Big, Full, Hdmi, FullHd) with { Connectors = [Hdmi, Hdmi] }, out _));

    [Fact]
    public void An_aspect_ratio_should_be_for_those_who_understand_it()
    {
        var wide = Light(Big, Full, Hdmi, FullHd with { Flags = (ModeFlags)(2 << 19) });

        Assert.Equal(Errno.EINVAL, SetCrtcCheck.Build(new CommitDraft(State), wide, aspectRatio: false));
        Assert.Equal(Errno.None, Builds.SetCrtc(State, wide, out var lit));
        Assert.Equal(ModeFlags.None, ModeQueries.Crtc(lit, Big, aspectRatio: false).Value!.Mode!.Flags);
        Assert.Equal(wide.Mode!.Flags, ModeQueries.Crtc(lit, Big).Value!.Mode!.Flags);
    }

    [Fact]
    public void A_cursor_with_a_hotspot_should_be_told_to_atomic_clients_that_know_of_it()
    {
        var config = (Config with { CursorHotspot = true }).AddPlane(PlaneType.Cursor, 1, [1], out var cursor);
        var state = KmsState.Reset(config);
        bool Tells(ModeClient client) => ModeQueries.PlaneResources(state, client).Planes.Contains(cursor);

        Assert.True(Tells(new ModeClient(UniversalPlanes: true)));
        Assert.False(Tells(new ModeClient(UniversalPlanes: true, Atomic: true)));
        Assert.True(Tells(new ModeClient(UniversalPlanes: true, Atomic: true, CursorHotspot: true)));
    }
}
