using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Flips that never complete, in a time that the test moves on.</summary>
public sealed class HungFlipTests : HostTest
{
    protected override void Configure(DrmHostOptions options) => options.Time = TimeMode.Manual;

    [Fact]
    public async Task A_flip_that_hangs_should_keep_its_crtc_busy_for_ten_seconds_and_never_be_heard_of()
    {
        var screen = await WithTimeAsync(Screen.LightAsync(await OpenAsync()));
        await Host.HoldFlipsAsync(0, screen.Crtc);
        await screen.Card.PageFlipAsync(screen.Crtc, screen.Framebuffer, userData: 1);
        var before = Host.Clock.Now;
        Host.AdvanceTime(TimeSpan.FromSeconds(9.5));
        await RefusedAsync(Errno.EBUSY, () => screen.Card.PageFlipAsync(screen.Crtc, screen.Framebuffer, userData: 2));

        // A blocking call waits it out.
        await WithTimeAsync(screen.Card.SetCrtcAsync(screen.Crtc, screen.Framebuffer, screen.Connector.Id, screen.Mode));
        Assert.True(Host.Clock.Now - before >= 10_000_000_000);
        await screen.Card.PageFlipAsync(screen.Crtc, screen.Framebuffer, userData: 3);
        var heard = await WithTimeAsync(screen.Card.NextEventAsync());
        Assert.Equal(3ul, Assert.IsType<FlipCompleteEvent>(heard).UserData);
        await RefusedAsync(Errno.ENOENT, () => Host.HoldFlipsAsync(0, new CrtcId(4711)));
        await WithTimeAsync(screen.Card.DisposeAsync().AsTask());
    }

    [Fact]
    public async Task A_board_that_goes_while_a_flip_hangs_should_leave_nobody_waiting()
    {
        var screen = await WithTimeAsync(Screen.LightAsync(await OpenAsync()));
        await Host.HoldFlipsAsync(0, screen.Crtc);
        await screen.Card.PageFlipAsync(screen.Crtc, screen.Framebuffer);
        var waits = screen.Card.SetCrtcAsync(screen.Crtc, screen.Framebuffer, screen.Connector.Id, screen.Mode);
        await Soon(Host.UnplugBoardAsync("rk3399"));
        await RefusedAsync(Errno.ENODEV, () => waits);
    }
}
