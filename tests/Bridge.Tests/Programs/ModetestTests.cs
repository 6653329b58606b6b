using DrmActors.Messages;

namespace DrmActors.Bridge.Tests.Programs;

/// <summary>libdrm's modetest, as Debian ships it.</summary>
public sealed class ModetestTests
{
    // Of the rk3399, as the listing has them.
    private const uint Hdmi = 52;
    private const uint FirstCrtc = 37;

    [Fact]
    public async Task Listing_should_be_what_a_kernel_lets_it_print()
    {
        await using var rig = await BridgeRig.StartAsync("vkms", user: 0);
        var listing = await rig.RunAsync("modetest", "-M", "vkms");

        Assert.Equal(Expected("modetest-vkms.txt"), listing.Output);
        Assert.Equal(0, listing.ExitCode);
    }

    [Fact]
    public async Task Listing_should_be_the_boards()
    {
        await using var rig = await BridgeRig.StartAsync(user: 0);
        var listing = await rig.RunAsync("modetest", "-M", "rockchip");

        Assert.Equal(Expected("modetest-rk3399.txt"), listing.Output);
    }

    [Theory]
    [InlineData("wall", 8, 8, 33, 33, "Coverage=1", "value: 12")]
    [InlineData("no-vblank", 1, 1, 2, 1, "HOTSPOT_X", "Virtual-1")] // an atomic client that knows no hotspots gets no such cursor
    public async Task Listing_should_have_what_a_board_of_no_driver_says(
        string board, int crtcs, int connectors, int planes, int atomicPlanes, string property, string connector)
    {
        await using var rig = await BridgeRig.StartAsync(board, user: 0);
        var listing = (await rig.RunAsync("modetest", "-M", board)).Output;
        var info = (await rig.RunAsync("drm_info")).Output;

        Assert.Equal(crtcs, Count(listing, "VRR_ENABLED:"));
        Assert.Equal(connectors, Count(listing, "link-status:"));
        Assert.Equal(planes, Count(listing, "in_formats blob decoded"));
        Assert.Contains(property, listing, StringComparison.Ordinal);
        Assert.Contains(connector, listing, StringComparison.Ordinal);
        Assert.Equal((crtcs, connectors, atomicPlanes), (Count(info, "───CRTC "), Count(info, "───Connector "), Count(info, "\"IN_FORMATS\"")));
    }

    [Fact]
    public async Task Waiting_for_a_vblank_should_fail_where_there_are_none()
    {
        await using var rig = await BridgeRig.StartAsync("no-vblank", user: 0);
        var waited = await rig.RunAsync("vbltest", "-M", "no-vblank");

        Assert.NotEqual(0, waited.ExitCode);
        Assert.Contains("failed", waited.Output + waited.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("XR24")]
    [InlineData("AR24")]
    [InlineData("RG16")]
    public async Task Screen_should_hold_its_pattern(string format)
    {
        var isSet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var rig = await BridgeRig.StartAsync(onCall: c =>
        {
            if (c is { Call: ModeSetCrtc { Mode: not null }, Errno: Errno.None })
                isSet.TrySetResult();
        });
        using var modetest = rig.Start("modetest", "-M", "rockchip", "-s", $"{Hdmi}@{FirstCrtc}:1920x1080@{format}");
        await isSet.Task.WaitAsync(TimeSpan.FromSeconds(120));
        using (var frame = await rig.Host.CaptureAsync(minor: 0, new CrtcId(FirstCrtc)))
        {
            Assert.Equal((1920, 1080), (frame.Width, frame.Height));
            for (var y = 0; y < 1080; y++)
                for (var x = 0; x < 1920; x++)
                {
                    var wanted = Smpte.PixelAt(x, y, 1920, 1080);
                    wanted = format == "RG16" ? Smpte.ThroughRgb565(wanted) : wanted;
                    if (frame.PixelAt(x, y) != wanted)
                        Assert.Fail($"({x}, {y}): {frame.PixelAt(x, y):x6} instead of {wanted:x6}");
                }
        }

        modetest.StandardInput.Close();
        await modetest.WaitForExitAsync();
        Assert.Equal(0, modetest.ExitCode);
        // It takes the screen's table away, and would say if that failed.
        Assert.DoesNotContain("failed", await modetest.StandardError.ReadToEndAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Flips_should_come_at_the_refresh_rate()
    {
        await using var rig = await BridgeRig.StartAsync();
        using var modetest = rig.Start("modetest", "-M", "rockchip", "-s", $"{Hdmi}@{FirstCrtc}:1920x1080", "-v");
        var rate = await Frequencies.NearestAsync(modetest, wanted: 60, near: 0.6);
        await modetest.StandardInput.WriteLineAsync();
        await modetest.WaitForExitAsync();

        Assert.InRange(rate, 59.4, 60.6);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static string Expected(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Kernel", file));
}
