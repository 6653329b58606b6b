using DrmActors.Hardware.Display;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Monitors that come and go at run time, what clients see of it and what udev would hear.</summary>
public sealed class HotplugTests : HostTest
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<DrmUevent> _heard = new();
    private readonly SemaphoreSlim _news = new(0);

    protected override void Configure(DrmHostOptions options) => options.OnUevent = uevent =>
    {
        _heard.Enqueue(uevent);
        _news.Release();
    };

    [Fact]
    public async Task A_monitor_should_be_heard_of_when_it_goes_comes_and_is_another()
    {
        await using var card = await OpenAsync();
        var hdmi = (await Host.FindConnectorAsync(0, "HDMI-A-1"))!.Value;
        Assert.Equal(UeventAction.Add, (await HearAsync()).Action);
        var first = (await card.GetConnectorAsync(hdmi)).Modes[0];

        await Host.UnplugAsync(0, hdmi);
        Assert.Equal($"ACTION=change\nDEVNAME=/dev/dri/card0\nHOTPLUG=1\nCONNECTOR={hdmi.Value}\n", (await HearAsync()).ToString());
        Assert.Equal(ConnectorStatus.Disconnected, (await card.GetConnectorAsync(hdmi, probe: false)).Status);

        await Host.PlugAsync(0, hdmi, Edid("lg-oled-c9-hdmi.bin"));
        Assert.Equal((true, hdmi), Of(await HearAsync()));
        var plugged = await card.GetConnectorAsync(hdmi, probe: false);
        Assert.Equal(ConnectorStatus.Connected, plugged.Status);

        // The status is the same, but not the monitor.
        await Host.PlugAsync(0, hdmi, Edid("dell-p2415q-hdmi2.0.bin"));
        Assert.Equal((true, hdmi), Of(await HearAsync()));
        Assert.NotEqual(plugged.WidthMm, (await card.GetConnectorAsync(hdmi, probe: false)).WidthMm);

        // The same one again is no news.
        await Host.PlugAsync(0, hdmi, Edid("dell-p2415q-hdmi2.0.bin"));
        await Host.UnplugAsync(0, hdmi);
        Assert.Equal((true, hdmi), Of(await HearAsync()));
        Assert.Empty(_heard);
        Assert.NotEqual(0u, first.HDisplay);
    }

    [Fact]
    public async Task Modes_should_be_those_that_somebody_asked_for()
    {
        await using var card = await OpenAsync();
        var edp = (await Host.FindConnectorAsync(0, "eDP-1"))!.Value;
        var wide = new ModeRequest(1368, 768, Interlaced: false, 75_000).MakeTiming()!;
        await Host.PlugAsync(0, edp, [wide]);
        var found = await card.GetConnectorAsync(edp);
        Assert.Equal((wide.HDisplay, wide.VDisplay), (Assert.Single(found.Modes).HDisplay, found.Modes[0].VDisplay));
    }

    [Fact]
    public async Task A_link_that_fails_should_say_so_until_its_mode_is_set_again()
    {
        await using var card = await OpenAsync();
        await HearAsync();
        var hdmi = (await Host.FindConnectorAsync(0, "HDMI-A-1"))!.Value;
        await Host.SetLinkAsync(0, hdmi, isBad: true);
        var heard = await HearAsync();
        Assert.Equal((true, hdmi), Of(heard));
        Assert.Equal(1ul, await ValueAsync(card, hdmi, heard.Property));

        await card.CallAsync(new ModeSetProperty(hdmi, heard.Property, 0));
        Assert.Equal(0ul, await ValueAsync(card, hdmi, heard.Property));
        await RefusedAsync(Errno.ENOENT, () => Host.SetLinkAsync(0, new ConnectorId(4711), isBad: true));
        await RefusedAsync(Errno.ENODEV, () => Host.SetLinkAsync(7, hdmi, isBad: true));
        Assert.Null(await Host.FindConnectorAsync(0, "VGA-1"));
    }

    [Fact]
    public async Task A_lessee_that_ends_and_a_board_that_goes_should_be_heard_of()
    {
        await HearAsync();
        await using (var card = await OpenAsync())
        {
            var lease = await card.LeaseAsync([]);
            await lease.Card.DisposeAsync();
            Assert.Equal("ACTION=change\nDEVNAME=/dev/dri/card0\nLEASE=1\n", (await HearAsync()).ToString());
        }

        await Soon(Host.ShutdownAsync());
        Assert.Equal(UeventAction.Remove, Assert.Single(_heard).Action);
    }

    private static (bool Hotplug, ConnectorId Connector) Of(DrmUevent uevent) => (uevent.Hotplug, uevent.Connector);

    private static async Task<ulong> ValueAsync(DrmCard card, ConnectorId connector, PropertyId property)
    {
        var all = await card.CallAsync(new ModeObjGetProperties(connector.Value, ObjectType.Connector));
        return all.Value!.Properties.Single(p => p.Property == property).Value;
    }

    private static byte[] Edid(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "edid", name));

    private async Task<DrmUevent> HearAsync()
    {
        await Soon(_news.WaitAsync());
        return _heard.TryDequeue(out var uevent) ? uevent : throw new InvalidOperationException("nothing was heard");
    }
}
