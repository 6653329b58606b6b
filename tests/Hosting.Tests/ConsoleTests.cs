using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Display;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>The fbdev console as clients see it: there while nobody is master, and on what is plugged in.</summary>
public sealed class ConsoleTests : HostTest
{
    private static readonly ModeInfo Small = new ModeRequest(1024, 768, Interlaced: false, 60_000).MakeTiming()!;
    private static readonly DrmClient Stranger = DrmClient.Unprivileged;

    private ConnectorId _hdmi;
    private ConnectorId _edp;

    protected override async Task PrepareAsync()
    {
        _hdmi = (await Host.FindConnectorAsync(0, "HDMI-A-1"))!.Value;
        _edp = (await Host.FindConnectorAsync(0, "eDP-1"))!.Value;
    }

    [Fact]
    public async Task The_console_should_be_what_is_lit_where_nobody_is_master()
    {
        var card = await OpenAsync();
        var screen = await Soon(Screen.LightAsync(card));
        var state = card.View.Snapshot;
        Assert.False(state.PrimaryOf(state.Config.Crtcs[0]).Framebuffer!.IsConsole);

        // Who gives up being master keeps the picture until the last file is closed.
        await card.DropMasterAsync();
        Assert.Equal(screen.Framebuffer, (await card.GetCrtcAsync(screen.Crtc)).Framebuffer);
        var watcher = await OpenAsync(Stranger);
        await watcher.DropMasterAsync();
        await Soon(card.DisposeAsync().AsTask());
        Assert.True((await watcher.GetCrtcAsync(screen.Crtc)).Framebuffer.IsNone);
        await Soon(watcher.DisposeAsync().AsTask());
        await LitAsync(_hdmi, isLit: true);
    }

    [Fact]
    public async Task Its_framebuffer_should_be_nobodys_to_remove_and_anybodys_to_look_at()
    {
        var card = await OpenAsync();
        var console = (await card.GetCrtcAsync((await card.GetResourcesAsync()).Crtcs[0])).Framebuffer;

        Assert.False(console.IsNone);
        Assert.DoesNotContain(console, (await card.GetResourcesAsync()).Framebuffers);
        await RefusedAsync(Errno.ENOENT, () => card.RmFbAsync(console));
        await RefusedAsync(Errno.ENOENT, () => card.CloseFbAsync(console));
        Assert.Equal(32u, (await card.CallAsync(new ModeGetFb(console))).Value!.Bpp);
    }

    [Fact]
    public async Task The_console_should_follow_monitors_that_come_and_go()
    {
        await LitAsync(_hdmi, isLit: true);
        await Host.UnplugAsync(0, _hdmi);
        await LitAsync(_hdmi, isLit: false);
        await Host.PlugAsync(0, _edp, [Small]);
        await LitAsync(_edp, isLit: true);
        await Host.PlugAsync(0, _hdmi, [Small]);
        await LitAsync(_hdmi, isLit: true);
        await LitAsync(_edp, isLit: true);
    }

    [Fact]
    public async Task A_master_should_be_left_alone_and_the_console_follow_when_it_is_gone()
    {
        var card = await OpenAsync();
        await Soon(Screen.LightAsync(card));
        await Host.PlugAsync(0, _edp, [Small]);
        Assert.Equal(ConnectorStatus.Connected, (await card.GetConnectorAsync(_edp)).Status);
        Assert.True(card.View.Snapshot[card.View.Snapshot.Config.Find(_edp)!].Crtc.IsNone);

        await Soon(card.DisposeAsync().AsTask());
        await LitAsync(_edp, isLit: true);
    }

    [Fact]
    public async Task Without_a_monitor_at_boot_it_should_wait_for_the_first()
    {
        var board = Path.Combine(Path.GetTempPath(), $"dark-{Guid.NewGuid():N}.conf");
        await File.WriteAllTextAsync(board, (await File.ReadAllTextAsync(ConfigFiles.Find("boards/no-vblank.conf")!)).Replace("status = connected", "status = disconnected", StringComparison.Ordinal));
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { board }, Time = TimeMode.Virtual });
        File.Delete(board);
        Assert.Equal(0, host.Usage.Objects);
        var connector = (await host.FindConnectorAsync(0, "Virtual-1"))!.Value;

        await host.PlugAsync(0, connector, [Small]);
        await LitAsync(host, connector, isLit: true);
        Assert.Equal(1, host.Usage.Objects);
    }

    private Task LitAsync(ConnectorId connector, bool isLit) => LitAsync(Host, connector, isLit);

    // Without a file, which would be master.
    private static async Task LitAsync(DrmHost host, ConnectorId connector, bool isLit)
    {
        var view = (await host.AskAsync(host.Supervisor, new ViewCard(0))).Value!.View;
        await EventuallyAsync(() => view.State, s => s[s.Config.Find(connector)!].Crtc.IsNone != isLit);
    }

    private static async Task EventuallyAsync(Func<KmsState> state, Predicate<KmsState> isSo)
    {
        for (var i = 0; i < 100_000 && !isSo(state()); i++)
            await Task.Yield();
        Assert.True(isSo(state()));
    }
}
