using DrmActors.Messages;

namespace DrmActors.Hosting.Tests.BadInput;

public sealed class ModeTests : HostTest
{
    // Four lines more than the larger VOP sends.
    private static readonly ModeInfo TooTall = new()
    {
        Clock = 594000,
        HDisplay = 4096,
        HSyncStart = 4200,
        HSyncEnd = 4300,
        HTotal = 4400,
        VDisplay = 2164,
        VSyncStart = 2168,
        VSyncEnd = 2178,
        VTotal = 2250,
        Name = "4096x2164",
    };

    [Fact]
    public async Task A_mode_that_no_VOP_can_do_should_be_EINVAL_and_change_nothing()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        await using var buffer = await screen.Card.CreateDumbAsync(TooTall.HDisplay, TooTall.VDisplay);
        var framebuffer = await screen.Card.AddFbAsync(buffer);

        foreach (var crtc in (await screen.Card.GetResourcesAsync()).Crtcs)
            await RefusedAsync(Errno.EINVAL, () => screen.Card.SetCrtcAsync(crtc, framebuffer, screen.Connector.Id, TooTall));

        Assert.Equal(screen.Mode, (await screen.Card.GetCrtcAsync(screen.Crtc)).Mode);
    }

    [Fact]
    public async Task A_mode_whose_parts_do_not_follow_each_other_should_be_EINVAL()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        var mode = screen.Mode with { HSyncEnd = screen.Mode.HSyncStart, HTotal = 1 };

        await RefusedAsync(Errno.EINVAL, () => screen.Card.SetCrtcAsync(screen.Crtc, screen.Framebuffer, screen.Connector.Id, mode));
    }

    [Fact]
    public async Task A_framebuffer_smaller_than_the_mode_should_be_ENOSPC()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        await using var small = await screen.Card.CreateDumbAsync(64, 64);
        var framebuffer = await screen.Card.AddFbAsync(small);

        await RefusedAsync(Errno.ENOSPC, () => screen.Card.SetCrtcAsync(screen.Crtc, framebuffer, screen.Connector.Id, screen.Mode));
        await RefusedAsync(Errno.ENOSPC, () => screen.Card.PageFlipAsync(screen.Crtc, framebuffer));
    }

    [Fact]
    public async Task Only_the_master_should_set_modes_and_flip()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        var other = await OpenAsync(DrmClient.Unprivileged);
        await using var buffer = await other.CreateDumbAsync(screen.Mode.HDisplay, screen.Mode.VDisplay);
        var framebuffer = await other.AddFbAsync(buffer);

        await RefusedAsync(Errno.EACCES, () => other.SetCrtcAsync(screen.Crtc, framebuffer, screen.Connector.Id, screen.Mode));
        await RefusedAsync(Errno.EACCES, () => other.PageFlipAsync(screen.Crtc, framebuffer));
        await RefusedAsync(Errno.EACCES, () => other.SetMasterAsync());
        await RefusedAsync(Errno.EACCES, () => other.SetInterfaceVersionAsync(new SetVersion(1, 4, -1, -1)));
        await RefusedAsync(Errno.EACCES, () => other.AuthMagicAsync(1));
        await RefusedAsync(Errno.EBUSY, async () => await (await OpenAsync()).SetMasterAsync());
    }

    [Fact]
    public async Task A_master_that_dropped_it_should_be_refused_until_it_is_master_again()
    {
        var screen = await Screen.LightAsync(await OpenAsync());

        await screen.Card.DropMasterAsync();
        await RefusedAsync(Errno.EACCES, () => screen.Card.PageFlipAsync(screen.Crtc, screen.Framebuffer));
        await screen.Card.SetMasterAsync();
        await screen.Card.PageFlipAsync(screen.Crtc, screen.Framebuffer);

        Assert.IsType<FlipCompleteEvent>(await Soon(screen.Card.NextEventAsync()));
    }

    [Fact]
    public async Task A_second_flip_before_the_first_is_shown_should_be_EBUSY()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        var busy = 0;

        // Time runs free, so the first may be through before the second comes.
        for (var i = 0; i < 1000 && busy == 0; i++)
        {
            var replies = await Task.WhenAll(
                screen.Card.CallAsync(new ModePageFlip(screen.Crtc, screen.Framebuffer, PageFlipFlags.None)),
                screen.Card.CallAsync(new ModePageFlip(screen.Crtc, screen.Framebuffer, PageFlipFlags.None)));
            busy += replies.Count(r => r.Errno == Errno.EBUSY);
            Assert.All(replies, r => Assert.True(r.Errno is Errno.None or Errno.EBUSY));
        }

        Assert.NotEqual(0, busy);
    }

    [Fact]
    public async Task A_flip_or_a_wait_on_a_dark_crtc_should_be_refused()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        var dark = (await screen.Card.GetResourcesAsync()).Crtcs[1];

        await RefusedAsync(Errno.EBUSY, () => screen.Card.PageFlipAsync(dark, screen.Framebuffer));
        await RefusedAsync(Errno.EINVAL, () => screen.Card.WaitVblankAsync(VblankTarget.Next, crtc: 1));
        await RefusedAsync(Errno.ENODEV, () => Host.CaptureAsync(0, dark));
        await RefusedAsync(Errno.ENODEV, () => Host.NextFrameAsync(0, dark));
        await RefusedAsync(Errno.ENOENT, () => Host.CaptureAsync(0, new CrtcId(4711)));
        await RefusedAsync(Errno.ENODEV, () => Host.CaptureAsync(7, screen.Crtc));
    }
}
