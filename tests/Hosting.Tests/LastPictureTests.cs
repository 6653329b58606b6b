using Akka.Actor;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>What a client leaves: its last picture, whichever way it goes.</summary>
public sealed class LastPictureTests : HostTest
{
    protected override void Configure(DrmHostOptions options) => options.KeepLastPicture = true;

    // The picture that is kept is a buffer more than an idle host has: each test begins with one.
    protected override async Task PrepareAsync()
    {
        Assert.Null(await Host.LastPictureAsync());
        await using var card = await Host.OpenAsync();
        await Screen.LightAsync(card);
    }

    [Theory]
    [InlineData("close")]
    [InlineData("kill")]
    [InlineData("rmfb")]
    [InlineData("off")]
    public async Task The_last_picture_should_outlive_its_client(string end)
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        using (var pixels = await screen.Buffer.MapAsync())
            new Random(7).NextBytes(pixels.Span);
        uint crc;
        byte[] bytes;
        using (var shown = await Host.CaptureAsync(0, screen.Crtc))
            (crc, bytes) = (shown.Crc, shown.Span.ToArray());
        using (var live = await Soon(Host.LastPictureAsync()))
            Assert.Equal(crc, live!.Crc);

        switch (end)
        {
            case "close":
                await Soon(screen.Card.DisposeAsync().AsTask());
                break;
            case "kill":
                screen.Card.File.Tell(PoisonPill.Instance, ActorRefs.NoSender);
                await SettleAsync();
                break;
            case "rmfb":
                await Soon(screen.Card.RmFbAsync(screen.Framebuffer));
                break;
            default:
                await Soon(screen.Card.SetCrtcAsync(screen.Crtc, default, 0, 0, [], null));
                break;
        }

        using var last = await Soon(Host.LastPictureAsync());
        Assert.Equal((screen.Mode.HDisplay, screen.Mode.VDisplay, crc), (last!.Width, last.Height, last.Crc));
        Assert.True(last.Span.SequenceEqual(bytes));
        using var now = end == "off" ? null : await Host.CaptureAsync(0, screen.Crtc);
        Assert.NotEqual(crc, now?.Crc);
    }

    [Fact]
    public Task A_card_that_is_not_there_should_be_ENODEV() => RefusedAsync(Errno.ENODEV, () => Host.LastPictureAsync(7));
}
