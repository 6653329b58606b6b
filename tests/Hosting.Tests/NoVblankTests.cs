using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Hardware that never tells of a vblank: nobody moves the time on here, and everything is on the screen at once all the same.</summary>
public sealed class NoVblankTests : HostTest
{
    protected override void Configure(DrmHostOptions options)
    {
        options.Boards[0] = "no-vblank";
        options.Time = TimeMode.Manual;
    }

    [Fact]
    public async Task Flips_should_be_done_at_once_and_count_nothing()
    {
        var card = await OpenAsync();
        var screen = await Soon(Screen.LightAsync(card));
        var white = await card.AddFbAsync(await FilledAsync(card, screen.Mode));
        foreach (var data in new ulong[] { 7, 8 })
        {
            await Soon(card.PageFlipAsync(screen.Crtc, data == 7 ? white : screen.Framebuffer, PageFlipFlags.Event, data));
            var flip = Assert.IsType<FlipCompleteEvent>(Assert.Single(await Soon(card.ReadEventsAsync())));
            Assert.Equal((data, 0u, screen.Crtc), (flip.UserData, flip.Sequence, flip.Crtc));
            using var frame = await Host.CaptureAsync(0, screen.Crtc);
            Assert.Equal(data == 7 ? 0xff_ffffu : 0, frame.PixelAt(5, 5));
        }
    }

    [Fact]
    public async Task Waiting_for_a_vblank_should_not_be_supported()
    {
        var card = await OpenAsync();
        var screen = await Soon(Screen.LightAsync(card));
        foreach (var flags in new[] { VblankFlags.Relative, VblankFlags.Relative | VblankFlags.Event })
            Assert.Equal(Errno.EOPNOTSUPP, (await Soon(card.CallAsync(new WaitVblank(flags, 1)))).Errno);
        Assert.Equal(Errno.EOPNOTSUPP, (await Soon(card.CallAsync(new CrtcGetSequence(screen.Crtc)))).Errno);
        Assert.Equal(Errno.EOPNOTSUPP, (await Soon(card.CallAsync(new CrtcQueueSequence(screen.Crtc, SequenceFlags.Relative, 1)))).Errno);
    }

    private static async Task<DrmBuffer> FilledAsync(DrmCard card, ModeInfo mode)
    {
        var buffer = await card.CreateDumbAsync(mode.HDisplay, mode.VDisplay);
        using var pixels = await buffer.MapAsync();
        pixels.Span.Fill(0xff);
        return buffer;
    }
}
