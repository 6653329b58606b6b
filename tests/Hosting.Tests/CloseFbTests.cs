using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>MODE_CLOSEFB: a framebuffer that nobody has any more, and that is shown all the same.</summary>
public sealed class CloseFbTests : HostTest
{
    private const uint White = 0xff_ffff;

    [Fact]
    public async Task A_closed_framebuffer_should_stay_on_the_screen_until_another_takes_its_place()
    {
        var (card, screen) = await LightWhiteAsync();
        await card.CloseFbAsync(screen.Framebuffer);
        await screen.Buffer.DisposeAsync();

        Assert.Equal(screen.Framebuffer, (await card.GetCrtcAsync(screen.Crtc)).Framebuffer);
        Assert.Equal(White, await PixelAsync(screen.Crtc));
        Assert.DoesNotContain(screen.Framebuffer, (await card.GetResourcesAsync()).Framebuffers);
        Assert.Equal(Errno.None, (await card.CallAsync(new ModeGetFb(screen.Framebuffer))).Errno);
        await RefusedAsync(Errno.ENOENT, () => card.RmFbAsync(screen.Framebuffer));
        await RefusedAsync(Errno.ENOENT, () => card.CloseFbAsync(screen.Framebuffer));

        var next = await card.AddFbAsync(await card.CreateDumbAsync(screen.Mode.HDisplay, screen.Mode.VDisplay));
        await Soon(card.PageFlipAsync(screen.Crtc, next));
        await Soon(card.NextEventAsync());
        Assert.Equal(Errno.ENOENT, (await card.CallAsync(new ModeGetFb(screen.Framebuffer))).Errno);
        Assert.Equal(0u, await PixelAsync(screen.Crtc));
    }

    [Fact]
    public async Task A_closed_framebuffer_should_outlive_its_file_until_the_console_comes_back()
    {
        var (card, screen) = await LightWhiteAsync();
        var other = await OpenAsync();
        await card.CloseFbAsync(screen.Framebuffer);
        await Soon(card.DisposeAsync().AsTask());

        Assert.Equal(screen.Framebuffer, (await other.GetCrtcAsync(screen.Crtc)).Framebuffer);
        Assert.Equal(White, await PixelAsync(screen.Crtc));
        await Soon(other.DisposeAsync().AsTask());
        await SettleAsync();
        Assert.Equal(0u, await PixelAsync(screen.Crtc));
    }

    [Fact]
    public async Task A_cursor_should_outlive_its_file_as_well()
    {
        var card = await OpenAsync();
        var screen = await Soon(Screen.LightAsync(card));
        var other = await OpenAsync();
        var pointer = await card.CreateDumbAsync(64, 64);
        using (var pixels = await pointer.MapAsync())
            pixels.Span.Fill(0xff);
        Assert.Equal(Errno.None, (await Soon(card.CallAsync(new ModeCursor2(CursorFlags.Bo | CursorFlags.Move, screen.Crtc, 880, 680, 64, 64, pointer.Handle)))).Errno);
        await Soon(card.DisposeAsync().AsTask());

        Assert.Equal(White, await PixelAsync(screen.Crtc));
        await Soon(other.DisposeAsync().AsTask());
        await SettleAsync();
        Assert.Equal(0u, await PixelAsync(screen.Crtc));
    }

    [Fact]
    public async Task What_is_not_shown_should_go_at_once_and_what_is_another_files_not_at_all()
    {
        var card = await OpenAsync();
        var other = await OpenAsync();
        var framebuffer = await card.AddFbAsync(await card.CreateDumbAsync(64, 64));

        Assert.Equal(Errno.EINVAL, (await card.CallAsync(new ModeCloseFb(framebuffer, Pad: 1))).Errno);
        Assert.Equal(Errno.EINVAL, (await card.CallAsync(new ModeCloseFb(new FramebufferId(4711), Pad: 1))).Errno);
        await RefusedAsync(Errno.ENOENT, () => other.CloseFbAsync(framebuffer));
        await card.CloseFbAsync(framebuffer);
        Assert.Equal(Errno.ENOENT, (await card.CallAsync(new ModeGetFb(framebuffer))).Errno);
    }

    [Fact]
    public async Task A_board_that_is_pulled_out_should_keep_nothing_of_it()
    {
        var (card, screen) = await LightWhiteAsync();
        await card.CloseFbAsync(screen.Framebuffer);
        await Soon(card.DisposeAsync().AsTask());

        await Soon(Host.ShutdownAsync());
        // What is left the gate at the end says.
    }

    private async Task<(DrmCard Card, Screen Screen)> LightWhiteAsync()
    {
        var card = await OpenAsync();
        var screen = await Soon(Screen.LightAsync(card));
        using (var pixels = await screen.Buffer.MapAsync())
            pixels.Span.Fill(0xff);
        return (card, screen);
    }

    private async Task<uint> PixelAsync(CrtcId crtc)
    {
        using var frame = await Host.CaptureAsync(0, crtc);
        return frame.PixelAt(900, 700);
    }
}
