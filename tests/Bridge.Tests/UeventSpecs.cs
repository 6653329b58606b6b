using DrmActors.Hardware.Display;
using DrmActors.Messages;

namespace DrmActors.Bridge.Tests;

/// <summary>What unmodified programs hear of a board by uevents: clients/monitors.c, with libudev and without.</summary>
public sealed class UeventSpecs
{
    private const string Card = "/sys/devices/platform/display-subsystem/drm/card0";
    private static readonly ModeInfo Small = new ModeRequest(1024, 768, Interlaced: false, 60_000).MakeTiming()!;
    private const string Node = "DEVNAME=/dev/dri/card0 DEVTYPE=drm_minor MAJOR=226 MINOR=0 ID_PATH=platform-display-subsystem ID_SEAT=seat0 "
        + "DEVLINKS=/dev/dri/by-path/platform-display-subsystem-card";

    [Theory]
    [InlineData("udev")]
    [InlineData("udev", "any")]
    [InlineData("udev", "drm_minor")]
    [InlineData("udev", "", "seat")]
    [InlineData("udev", "drm_minor", "master-of-seat")]
    [InlineData("child")]
    public async Task Libudev_should_tell_of_another_monitor(params string[] how)
    {
        await using var rig = await BridgeRig.StartAsync();
        await using var listening = await Monitoring.StartAsync(rig, how);
        var connector = await ConnectorAsync(rig);

        await rig.Host.UnplugAsync(0, connector);
        Assert.Equal($"change {Card} drm HOTPLUG=1 CONNECTOR={connector.Value} {Node} seat=1 seen=1", await listening.NextAsync());
        await rig.Host.PlugAsync(0, connector, [Small]);
        Assert.Equal($"change {Card} drm HOTPLUG=1 CONNECTOR={connector.Value} {Node} seat=1 seen=1", await listening.NextAsync());
        await listening.EndAsync();
    }

    [Theory]
    [InlineData("udev", "drm_connector")]
    [InlineData("udev", "any", "nobodys")]
    public async Task Filters_should_keep_out_what_is_not_asked_for(params string[] how)
    {
        await using var rig = await BridgeRig.StartAsync();
        await using var listening = await Monitoring.StartAsync(rig, how);

        await rig.Host.UnplugAsync(0, await ConnectorAsync(rig));
        await rig.Server.BarrierAsync();
        await listening.EndAsync();
    }

    [Theory]
    [InlineData("socket")]
    [InlineData("joining")]
    public async Task A_bare_socket_should_hear_the_kernel(string how)
    {
        await using var rig = await BridgeRig.StartAsync();
        await using var listening = await Monitoring.StartAsync(rig, how);
        var connector = await ConnectorAsync(rig);
        var path = Card["/sys".Length..];

        await rig.Host.UnplugAsync(0, connector);
        var line = await listening.NextAsync();
        Assert.Matches(
            $"^change@{path} ACTION=change DEVPATH={path} SUBSYSTEM=drm HOTPLUG=1 CONNECTOR={connector.Value} "
                + "MAJOR=226 MINOR=0 DEVNAME=dri/card0 DEVTYPE=drm_minor SEQNUM=[0-9]+$",
            line);
        await listening.EndAsync();
    }

    [Fact]
    public async Task A_board_that_is_pulled_out_and_put_in_should_be_told_with_its_connectors()
    {
        await using var rig = await BridgeRig.StartAsync("vkms");
        await using var listening = await Monitoring.StartAsync(rig, "udev", "any");
        const string path = "/sys/devices/platform/vkms/drm/card0";
        const string rest = "ID_PATH=platform-vkms ID_SEAT=seat0";
        const string node = $"DEVNAME=/dev/dri/card0 DEVTYPE=drm_minor MAJOR=226 MINOR=0 {rest} DEVLINKS=/dev/dri/by-path/platform-vkms-card seat=1 seen=1";

        await rig.Host.UnplugBoardAsync("vkms");
        Assert.Equal($"remove {path}/card0-Virtual-1 drm DEVTYPE=drm_connector {rest} seat=1 seen=1", await ToldOfAsync(listening, "Virtual-1"));
        Assert.Equal($"remove {path} drm {node}", await ToldOfAsync(listening, "card0 drm"));
        await rig.Host.PlugBoardAsync("vkms");
        Assert.Equal($"add {path} drm {node}", await ToldOfAsync(listening, "card0 drm"));
        Assert.Equal($"add {path}/card0-Virtual-1 drm DEVTYPE=drm_connector {rest} seat=1 seen=1", await ToldOfAsync(listening, "Virtual-1"));
    }

    /// <summary>When it is told, its files are there.</summary>
    [Fact]
    public async Task A_connector_that_comes_should_be_told_of_before_the_card()
    {
        await using var rig = await BridgeRig.StartAsync();
        await using var listening = await Monitoring.StartAsync(rig, "udev", "any");

        var added = await rig.Host.AddConnectorAsync(0, await ConnectorAsync(rig), default);
        var come = await listening.NextAsync();
        Assert.StartsWith($"add {Card}/card0-DP-", come, StringComparison.Ordinal);
        Assert.True(Directory.Exists(rig.Server.Environment["DRM_ACTORS_ROOT"] + come.Split(' ')[1]));
        Assert.StartsWith($"change {Card} drm HOTPLUG=1 ", await listening.NextAsync(), StringComparison.Ordinal);
        await rig.Host.RemoveConnectorAsync(0, added);
        Assert.StartsWith($"remove {Card}/card0-DP-", await ToldOfAsync(listening, "card0-DP-"), StringComparison.Ordinal);
        Assert.StartsWith($"change {Card} drm HOTPLUG=1 ", await listening.NextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_property_that_changes_by_itself_should_be_told_of()
    {
        await using var rig = await BridgeRig.StartAsync();
        await using var listening = await Monitoring.StartAsync(rig, "udev");
        var connector = await ConnectorAsync(rig);

        await rig.Host.SetLinkAsync(0, connector, isBad: true);
        Assert.Matches($"HOTPLUG=1 CONNECTOR={connector.Value} PROPERTY=[0-9]+ ", await listening.NextAsync());
    }

    /// <summary>Not when it is made or revoked, but when its last descriptor is closed, whoever does that.</summary>
    [Fact]
    public async Task A_lease_that_ends_should_be_told_of()
    {
        await using var rig = await BridgeRig.StartAsync();
        await using var listening = await Monitoring.StartAsync(rig, "udev");
        var connector = await ConnectorAsync(rig);
        var told = $"change {Card} drm LEASE=1 {Node} seat=1 seen=1";
        using var lessor = rig.Start(CClients.Build("leases"), "is-lent-revoked-and-closed");
        Assert.Equal("lent", await lessor.StandardOutput.ReadLineAsync());
        await rig.Host.SetLinkAsync(0, connector, isBad: true);
        Assert.Contains("HOTPLUG=1", await listening.NextAsync(), StringComparison.Ordinal);
        await lessor.StandardInput.WriteAsync('x');
        await lessor.StandardInput.FlushAsync();
        Assert.Equal("revoked", await lessor.StandardOutput.ReadLineAsync());
        await rig.Host.SetLinkAsync(0, connector, isBad: false);
        Assert.Contains("HOTPLUG=1", await listening.NextAsync(), StringComparison.Ordinal);
        await lessor.StandardInput.WriteAsync('x');
        await lessor.StandardInput.FlushAsync();
        Assert.Equal("closed", await lessor.StandardOutput.ReadLineAsync());
        Assert.Equal(told, await listening.NextAsync());
        // With another lease open.
        lessor.Kill();
        await lessor.WaitForExitAsync();
        Assert.Equal(told, await listening.NextAsync());
        await rig.Server.BarrierAsync();
        await listening.EndAsync();
    }

    /// <summary>udevadm trigger writes so.</summary>
    [Theory]
    [InlineData("change", "SYNTH_UUID=0")]
    [InlineData("add 12345678-1234-1234-1234-123456789abc FOO=bar", "SYNTH_UUID=12345678-1234-1234-1234-123456789abc SYNTH_ARG_FOO=bar")]
    public async Task A_write_to_its_file_should_tell_of_a_device_again(string written, string told)
    {
        await using var rig = await BridgeRig.StartAsync(user: 0);
        await using var listening = await Monitoring.StartAsync(rig, "udev");

        var write = await rig.RunAsync("bash", "-c", $"echo {written} >{Card}/uevent");
        Assert.Equal("", write.Errors);
        Assert.Equal($"{written.Split(' ')[0]} {Card} drm {Node} {told} seat=1 seen=1", await listening.NextAsync());
        Assert.Contains("Invalid argument", (await rig.RunAsync("bash", "-c", $"printf changed | dd of={Card}/uevent")).Errors, StringComparison.Ordinal);
        await listening.EndAsync();
    }

    /// <summary>The same bytes as systemd's own program reads them.</summary>
    [Fact]
    public async Task Udevadm_should_print_what_the_kernel_and_udev_say()
    {
        await using var rig = await BridgeRig.StartAsync();
        using var udevadm = rig.Start("udevadm", "monitor", "--kernel", "--udev", "--property", "--subsystem-match=drm");
        while (await udevadm.StandardOutput.ReadLineAsync() is { Length: > 0 })
        {
        }

        await rig.Host.UnplugAsync(0, await ConnectorAsync(rig));
        var lines = new List<string>();
        while (lines.Count(line => line.StartsWith("SEQNUM=", StringComparison.Ordinal)) < 2)
            lines.Add(await udevadm.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("it ended"));
        udevadm.Kill();
        await udevadm.WaitForExitAsync();
        Assert.Matches(@"^KERNEL\[[0-9.]+\] change +/devices/platform/display-subsystem/drm/card0 \(drm\)$", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("UDEV  [", StringComparison.Ordinal));
    }

    /// <summary>A compositor hears of keyboards as it would without the bridge.</summary>
    [SkippableTheory]
    [InlineData("kernel")]
    [InlineData("socket")]
    public async Task Other_devices_of_the_machine_should_be_told_of_as_well(string how)
    {
        await using var rig = await BridgeRig.StartAsync();
        await using var listening = await Monitoring.StartAsync(rig, how);
        NullDevice.Tell("change");

        var told = await ToldOfAsync(listening, "null");
        Assert.Contains("change", told, StringComparison.Ordinal);
        Assert.Contains("SYNTH_UUID=0", told, StringComparison.Ordinal);
    }

    /// <summary>The daemon itself may come late.</summary>
    [SkippableFact]
    public async Task Other_devices_should_be_told_of_when_too_much_has_happened_at_once()
    {
        await using var rig = await BridgeRig.StartAsync();
        await using var listening = await Monitoring.StartAsync(rig, "kernel");
        await NullDevice.OverrunAsync(rig, "change 12345678-1234-1234-1234-000000000000");

        Assert.Equal("ENOBUFS", await listening.NextAsync());
        await ToldOfAsync(listening, "SYNTH_UUID=12345678-1234-1234-1234-000000000000");
        // What there was room for is told of; that is read now, and there is room again.
        await rig.Server.BarrierAsync();
        NullDevice.Tell("change 12345678-1234-1234-1234-123456789abc");
        await ToldOfAsync(listening, "SYNTH_UUID=12345678-1234-1234-1234-123456789abc");
    }

    // The next that is about a device; others are not looked for.
    private static async Task<string> ToldOfAsync(Monitoring listening, string device)
    {
        while (true)
            if (await listening.NextAsync() is var line && line.Contains(device, StringComparison.Ordinal))
                return line;
    }

    private static async Task<ConnectorId> ConnectorAsync(BridgeRig rig) => await rig.Host.FindConnectorAsync(0, "HDMI-A-1") ?? throw new InvalidOperationException();
}
