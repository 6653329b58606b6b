namespace DrmActors.Hosting.Tests;

public sealed class NextFrameTests : HostTest
{
    [Fact]
    public async Task The_next_frame_should_have_the_crc_of_what_is_shown()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        using (var pixels = await screen.Buffer.MapAsync())
            pixels.Span.Fill(0x55);

        var next = await Soon(Host.NextFrameAsync(0, screen.Crtc));
        var later = await Soon(Host.NextFrameAsync(0, screen.Crtc));
        using var frame = await Host.CaptureAsync(0, screen.Crtc);

        Assert.Equal((frame.Crc, frame.Crc), (next.Crc, later.Crc));
        Assert.True(next.Sequence < later.Sequence && next.Time < later.Time);
    }

    // A display controller keeps the block that it composes in for the next time.
    protected override async Task PrepareAsync()
    {
        await using var card = await Host.OpenAsync();
        await Host.NextFrameAsync(0, (await Screen.LightAsync(card)).Crtc);
    }
}
