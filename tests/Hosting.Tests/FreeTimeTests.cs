using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>A virtual time that runs free waits for those who use it, and for nobody else.</summary>
public sealed class FreeTimeTests : HostTest
{
    protected override void Configure(DrmHostOptions options) => options.Boards[0] = "wall";

    [Fact]
    public async Task Screens_that_are_flipped_in_turn_should_hardly_miss_a_vblank()
    {
        const int Flips = 500;
        var card = await OpenAsync();
        var screens = await LightAsync(card, 4);
        var begin = new uint[screens.Length];
        var end = new uint[screens.Length];
        var left = screens.Length * Flips;
        foreach (var screen in screens)
            await card.PageFlipAsync(screen.Crtc, screen.Framebuffer);
        while (left > 0)
        {
            var flip = (FlipCompleteEvent)await Soon(card.NextEventAsync());
            var i = Array.FindIndex(screens, s => s.Crtc == flip.Crtc);
            if (begin[i] == 0)
                begin[i] = flip.Sequence;
            end[i] = flip.Sequence;
            if (--left >= screens.Length)
                await card.PageFlipAsync(flip.Crtc, screens[i].Framebuffer);
        }

        // On a machine that is busy with other things patience may end; on a clock that waited for nobody they would show one frame of four.
        for (var i = 0; i < screens.Length; i++)
            Assert.InRange((end[i] - begin[i]) / (double)Flips, 0.5, 2);
    }

    [Fact]
    public async Task Nobody_should_wait_for_a_client_that_has_turned_to_other_things()
    {
        var card = await OpenAsync();
        var screens = await LightAsync(card, 2);
        await card.PageFlipAsync(screens[0].Crtc, screens[0].Framebuffer);
        await Soon(card.NextEventAsync());

        for (var i = 0; i < 100; i++)
        {
            await card.PageFlipAsync(screens[1].Crtc, screens[1].Framebuffer);
            Assert.Equal(screens[1].Crtc, ((FlipCompleteEvent)await Soon(card.NextEventAsync())).Crtc);
        }
    }

    /// <summary>A time-out is for what does not come, and whoever brings it does so in real time.</summary>
    [Fact]
    public async Task A_long_wait_should_not_be_over_before_somebody_at_work_can_end_it()
    {
        var card = await OpenAsync();
        var timeline = Host.OpenSwSync();
        Descriptor[] fences = [await Host.CreateFenceAsync(timeline, 1), await Host.CreateFenceAsync(timeline, 2)];
        var wait = Host.WaitAsync(fences[0], TimeSpan.FromSeconds(5));
        for (var i = 0; i < 200; i++)
            await (await card.CreateDumbAsync(64, 64)).DisposeAsync();
        Assert.False(wait.IsCompleted);
        await Host.AdvanceAsync(timeline);
        Assert.True(await Soon(wait));

        // And one that nobody ends is over when its time is.
        var start = Host.Clock.Now;
        Assert.False(await Soon(Host.WaitAsync(fences[1], TimeSpan.FromSeconds(5))));
        Assert.Equal(5_000_000_000, Host.Clock.Now - start);
        foreach (var one in (Descriptor[])[timeline, .. fences])
            Host.Close(one);
    }

    private static async Task<(CrtcId Crtc, FramebufferId Framebuffer)[]> LightAsync(DrmCard card, int count)
    {
        var resources = await card.GetResourcesAsync();
        var screens = new (CrtcId Crtc, FramebufferId Framebuffer)[count];
        for (var i = 0; i < count; i++)
        {
            var connector = await card.GetConnectorAsync(resources.Connectors[i]);
            var mode = connector.Modes[^1];
            var framebuffer = await card.AddFbAsync(await card.CreateDumbAsync(mode.HDisplay, mode.VDisplay));
            await card.SetCrtcAsync(resources.Crtcs[i], framebuffer, connector.Id, mode);
            screens[i] = (resources.Crtcs[i], framebuffer);
        }

        return screens;
    }
}
