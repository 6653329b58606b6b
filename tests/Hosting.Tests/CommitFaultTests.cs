using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Commits that fail, flips that hang, vblanks that are late, monitors that vanish: asked for by the host, and met by a client.</summary>
public sealed class CommitFaultTests : HostTest
{
    [Fact]
    public async Task The_nth_commit_should_fail_and_change_nothing()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        await Host.FailCommitsAsync(0, Errno.EIO, nth: 2, times: 2);
        var errnos = new List<Errno>();
        for (var i = 0; i < 5; i++)
        {
            var reply = await screen.Card.CallAsync(new ModePageFlip(screen.Crtc, screen.Framebuffer, PageFlipFlags.Event, (ulong)i));
            errnos.Add(reply.Errno);
            if (reply.Ok)
                Assert.Equal((ulong)i, Assert.IsType<FlipCompleteEvent>(await Soon(screen.Card.NextEventAsync())).UserData);
        }

        Assert.Equal([Errno.None, Errno.EIO, Errno.EIO, Errno.None, Errno.None], errnos);

        await Host.FailCommitsAsync(0, Errno.ENOSPC);
        await RefusedAsync(Errno.ENOSPC, () => screen.Card.SetCrtcAsync(screen.Crtc, default, 0, 0, [], null));
        Assert.NotNull((await screen.Card.GetCrtcAsync(screen.Crtc)).Mode);
        await RefusedAsync(Errno.ENODEV, () => Host.FailCommitsAsync(7, Errno.EIO));
        Assert.Throws<ArgumentException>(() => { _ = Host.FailCommitsAsync(0, Errno.None); });
    }

    [Fact]
    public async Task A_late_vblank_should_be_told_late_and_with_its_own_time()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        var first = await screen.Card.WaitVblankAsync(VblankTarget.Next);
        var late = TimeSpan.FromMilliseconds(100);
        await Host.DelayVblankAsync(0, screen.Crtc, late);

        await screen.Card.PageFlipAsync(screen.Crtc, screen.Framebuffer);
        var flip = Assert.IsType<FlipCompleteEvent>(await Soon(screen.Card.NextEventAsync()));
        var heard = Host.Clock.Now;
        // Time runs while nobody waits, so the vblank is one of the next; it is heard of at least so late.
        Assert.True(flip.Sequence > first.Sequence);
        Assert.True(heard - flip.Time >= late.Ticks * 100, $"{heard - flip.Time} ns");
        await screen.Card.PageFlipAsync(screen.Crtc, screen.Framebuffer);
        var next = Assert.IsType<FlipCompleteEvent>(await Soon(screen.Card.NextEventAsync()));
        Assert.InRange(Host.Clock.Now - next.Time, 0, late.Ticks * 100 - 1);
        await RefusedAsync(Errno.ENOENT, () => Host.DelayVblankAsync(0, new CrtcId(4711), late));
    }

    [Fact]
    public async Task A_monitor_that_vanishes_in_the_middle_of_a_flip_should_not_keep_it_from_completing()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        await Host.UnplugAtFlipAsync(0, screen.Connector.Id);
        Assert.Equal(ConnectorStatus.Connected, (await screen.Card.GetConnectorAsync(screen.Connector.Id)).Status);

        await screen.Card.PageFlipAsync(screen.Crtc, screen.Framebuffer, userData: 5);
        Assert.Equal(ConnectorStatus.Disconnected, (await screen.Card.GetConnectorAsync(screen.Connector.Id)).Status);
        Assert.Equal(5ul, Assert.IsType<FlipCompleteEvent>(await Soon(screen.Card.NextEventAsync())).UserData);
        await RefusedAsync(Errno.ENOENT, () => Host.UnplugAtFlipAsync(0, new ConnectorId(4711)));
    }
}
