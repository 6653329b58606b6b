using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Display;
using DrmActors.Messages;
using Microsoft.Extensions.Logging;

namespace DrmActors.Hosting.Tests.BadInput;

/// <summary>Monitors whose EDID is missing or broken: the connector falls back, and says so once.</summary>
public sealed class MonitorTests : HostTest
{
    private static byte[] Good => [.. DefaultMonitor.Edid];

    [Theory]
    [InlineData("bad checksum")]
    [InlineData("truncated block")]
    [InlineData("bad header")]
    public async Task A_corrupt_EDID_should_fall_back_and_be_reported_once(string how)
    {
        var (card, connector) = await ConnectorAsync();

        await Host.PlugAsync(0, connector, Break(how));
        for (var i = 0; i < 3; i++)
        {
            var fallback = await card.GetConnectorAsync(connector);
            Assert.Equal(ConnectorStatus.Connected, fallback.Status);
            Assert.Equal("1024x768", fallback.Modes[0].Name);
            Assert.DoesNotContain(fallback.Modes, m => m.HDisplay > 1024);
        }

        await LoggedAsync();
        Assert.Single(Log.At(LogLevel.Warning), w => w.Contains("HDMI-A-1"));
    }

    [Fact]
    public async Task A_monitor_without_an_EDID_should_get_the_modes_that_need_none()
    {
        var (card, connector) = await ConnectorAsync();

        await Host.PlugAsync(0, connector, ReadOnlyMemory<byte>.Empty);

        Assert.Equal("1024x768", (await card.GetConnectorAsync(connector)).Modes[0].Name);
    }

    [Fact]
    public async Task A_monitor_that_is_pulled_out_and_plugged_in_again_should_be_seen()
    {
        var (card, connector) = await ConnectorAsync();
        var before = await card.GetConnectorAsync(connector);

        await Host.UnplugAsync(0, connector);
        var pulled = await card.GetConnectorAsync(connector);
        await Host.PlugAsync(0, connector, Good);
        var back = await card.GetConnectorAsync(connector);

        Assert.Equal((ConnectorStatus.Disconnected, 0), (pulled.Status, pulled.Modes.Length));
        Assert.Equal((before.Status, before.Modes.Length, before.Modes[0]), (back.Status, back.Modes.Length, back.Modes[0]));
    }

    [Fact]
    public async Task A_monitor_should_not_be_plugged_into_what_is_not_there()
    {
        await RefusedAsync(Errno.ENOENT, () => Host.PlugAsync(0, new ConnectorId(4711), Good));
        await RefusedAsync(Errno.ENODEV, () => Host.PlugAsync(7, new ConnectorId(1), Good));
    }

    [Fact]
    public async Task A_board_with_an_EDID_file_that_is_missing_should_boot_and_say_so()
    {
        using var log = new RecordingLoggers();
        var options = new DrmHostOptions { Time = TimeMode.Virtual, Monitors = { ["hdmi"] = "no-such-file.bin" }, LoggerFactory = log };

        await using var host = await DrmHost.StartAsync(options);
        await using (var card = await host.OpenAsync())
        {
            var connector = await card.GetConnectorAsync((await card.GetResourcesAsync()).Connectors[0]);
            Assert.Equal("1024x768", connector.Modes[0].Name);
        }

        Assert.True((await host.ShutdownAsync()).IsClean);
        Assert.Single(log.At(LogLevel.Warning), w => w.Contains("no-such-file.bin"));
    }

    [Fact]
    public async Task A_monitor_for_an_output_that_no_board_has_should_name_those_that_there_are()
    {
        var options = new DrmHostOptions { Monitors = { ["vga"] = "monitor.bin" } };

        var wrong = await Assert.ThrowsAsync<ArgumentException>(() => DrmHost.StartAsync(options));

        Assert.Contains("no board has an output 'vga'; there are: hdmi, edp, dsi", wrong.Message);
    }

    [Fact]
    public async Task A_board_that_does_not_exist_should_name_those_that_do()
    {
        var wrong = await Assert.ThrowsAsync<BoardException>(() => DrmHost.StartAsync(new DrmHostOptions { Boards = { "rk9999" } }));

        Assert.Contains("rk3399", wrong.Allowed);
    }

    private static byte[] Break(string how)
    {
        var edid = Good;
        switch (how)
        {
            case "bad checksum":
                edid[127] ^= 0x5a;
                return edid;
            case "bad header":
                edid.AsSpan(0, 8).Fill(0x11);
                return edid;
            default:
                return edid[..100];
        }
    }

    private async Task<(DrmCard Card, ConnectorId Connector)> ConnectorAsync()
    {
        var card = await OpenAsync();
        return (card, (await card.GetResourcesAsync()).Connectors[0]);
    }

    // The log has an actor of its own.
    private async Task LoggedAsync()
    {
        for (var i = 0; i < 10_000 && !Log.At(LogLevel.Warning).Any(); i++)
            await Task.Yield();
    }
}
