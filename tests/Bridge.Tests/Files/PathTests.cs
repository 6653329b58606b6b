using DrmActors.Hosting;

namespace DrmActors.Bridge.Tests.Files;

/// <summary>What a C program sees of the file system, through every call that names a path.</summary>
public sealed class PathTests
{
    [Theory]
    [InlineData("nodes")]
    [InlineData("descriptors")]
    [InlineData("lists")]
    [InlineData("walks")]
    [InlineData("links")]
    [InlineData("moves")]
    [InlineData("components")]
    [InlineData("bystanders")]
    public async Task Paths_should_be_what_the_kernel_would_have_there(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync();
        await rig.PassAsync("paths", scenario);
    }

    [Theory]
    [InlineData("mounts")]
    [InlineData("contents")]
    public async Task Files_should_say_what_the_kernels_say(string scenario)
    {
        await using var rig = await BridgeRig.StartAsync();
        await rig.PassAsync("files", scenario);
    }

    [Fact]
    public async Task Shells_should_find_their_way()
    {
        await using var rig = await BridgeRig.StartAsync("vkms");
        var result = await rig.RunAsync("sh", "-c", """
            cd /sys/class/drm/card0-Virtual-1 && pwd -P && cat status enabled dpms modes && cd -P ../../.. && ls && cd /dev && ls -d dri/* && ls | grep -cx -e dri -e null
            """);
        Assert.Equal(
            """
            /sys/devices/platform/vkms/drm/card0/card0-Virtual-1
            unknown
            disabled
            On
            driver_override
            drm
            modalias
            power
            subsystem
            uevent
            dri/by-path
            dri/card0
            2

            """,
            result.Output);
    }

    [Fact]
    public async Task Libdrm_should_tell_the_bus_of_every_card()
    {
        await using var rig = await BridgeRig.StartAsync(new DrmHostOptions { Boards = { "rk3399", "vkms" } });
        var result = await rig.RunAsync("drmdevice");
        Assert.Contains("--- Devices reported 2 ---", result.Output, StringComparison.Ordinal);
        Assert.Contains("fullname\t/display-subsystem", result.Output, StringComparison.Ordinal);
        Assert.Contains("rockchip,display-subsystem", result.Output, StringComparison.Ordinal);
        Assert.Contains("fullname\tvkms", result.Output, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Libudev_should_find_the_card_and_its_connectors()
    {
        await using var rig = await BridgeRig.StartAsync();
        var result = await rig.RunAsync(CClients.Build("udev", "-ludev"));
        const string card = "/sys/devices/platform/display-subsystem/drm/card0";
        const string ends = "seat=seat0 tag=1 initialized=1 parent=display-subsystem driver=rockchip-drm";
        Assert.Equal(
            $"""
            card0 /dev/dri/card0 {card} drm_minor {ends} status=-
            card0-DSI-1 - {card}/card0-DSI-1 drm_connector {ends} status=disconnected
            card0-HDMI-A-1 - {card}/card0-HDMI-A-1 drm_connector {ends} status=connected
            card0-eDP-1 - {card}/card0-eDP-1 drm_connector {ends} status=disconnected
            226:0 card0 /dev/dri/card0 {card} drm_minor {ends} status=-

            """,
            result.Output);
        Assert.Equal((0, ""), (result.ExitCode, result.Errors));
    }
}
