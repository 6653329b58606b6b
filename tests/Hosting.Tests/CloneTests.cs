using DrmActors.Kms;
using DrmActors.Messages;
using static DrmActors.Messages.AtomicFlags;

namespace DrmActors.Hosting.Tests;

/// <summary>One CRTC that feeds two monitors, where the encoders can: on the wall the first two are clones of each other, and no others are.</summary>
public sealed class CloneTests : HostTest
{
    protected override void Configure(DrmHostOptions options) => options.Boards[0] = "wall";

    [Theory]
    [InlineData(0, 1, Errno.None)]
    [InlineData(1, 0, Errno.None)]
    [InlineData(0, 2, Errno.EINVAL)]
    [InlineData(2, 3, Errno.EINVAL)]
    public async Task Setcrtc_should_feed_two_that_can_be_cloned(int one, int other, Errno expected)
    {
        var screen = await Soon(Screen.LightAsync(await OpenAsync()));
        var all = (await screen.Card.GetResourcesAsync()).Connectors;

        Assert.Equal(expected, (await Soon(screen.Card.CallAsync(
            new ModeSetCrtc(screen.Crtc, screen.Framebuffer, 0, 0, [all[one], all[other]], screen.Mode)))).Errno);
    }

    [Theory]
    [InlineData(1, Errno.None)]
    [InlineData(2, Errno.EINVAL)]
    public async Task A_commit_should_add_a_clone_and_no_other(int added, Errno expected)
    {
        var screen = await Soon(Screen.LightAsync(await OpenAsync()));
        await screen.Card.SetClientCapAsync(ClientCapability.Atomic, 1);
        var connector = (await screen.Card.GetResourcesAsync()).Connectors[added];
        var call = new ModeAtomic(AllowModeset, [new AtomicObject(connector.Value, [new PropertyValue(StandardProperties.CrtcId.Id, screen.Crtc.Value)])]);

        Assert.Equal(expected, (await Soon(screen.Card.CallAsync(call with { Flags = AllowModeset | TestOnly }))).Errno);
        Assert.Equal(expected, (await Soon(screen.Card.CallAsync(call))).Errno);
        var encoder = (await screen.Card.GetConnectorAsync(connector)).Encoder;
        Assert.Equal(expected == Errno.None, !encoder.IsNone);
    }

    [Fact]
    public async Task A_CRTC_of_clones_should_sleep_when_the_last_of_them_does()
    {
        var screen = await Soon(Screen.LightAsync(await OpenAsync()));
        var all = (await screen.Card.GetResourcesAsync()).Connectors;
        await Soon(screen.Card.CallAsync(new ModeSetCrtc(screen.Crtc, screen.Framebuffer, 0, 0, [all[0], all[1]], screen.Mode)));
        foreach (var (connector, isActive) in new[] { (all[1], true), (all[0], false) })
        {
            Assert.Equal(Errno.None, (await Soon(screen.Card.CallAsync(new ModeSetProperty(connector, StandardProperties.Dpms.Id, 3)))).Errno);
            Assert.Equal(isActive, screen.Card.View.Snapshot.Crtcs[0].Active);
        }
    }

    [Fact]
    public async Task Outputs_of_a_board_without_clones_should_not_share_a_CRTC()
    {
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { "rk3399" }, Time = TimeMode.Virtual });
        await using var card = await host.OpenAsync();
        var screen = await Soon(Screen.LightAsync(card));
        var all = (await card.GetResourcesAsync()).Connectors;

        Assert.Equal(Errno.EINVAL, (await Soon(card.CallAsync(
            new ModeSetCrtc(screen.Crtc, screen.Framebuffer, 0, 0, [all[0], all[1]], screen.Mode)))).Errno);
    }
}
