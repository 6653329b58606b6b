using DrmActors.Messages;

namespace DrmActors.Bridge.Tests.Programs;

/// <summary>libdrm's modetest, as Debian ships it.</summary>
public sealed class ModetestTests
{
    // Of the rk3399, as the listing has them.
    private const uint Hdmi = 38;
    private const uint FirstCrtc = 33;

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
        await isSet.Task.WaitAsync(TimeSpan.FromSeconds(60));
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
        var rate = await Frequencies.BestAsync(modetest);
        await modetest.StandardInput.WriteLineAsync();
        await modetest.WaitForExitAsync();

        Assert.InRange(rate, 59.4, 60.6);
    }

    private static string Expected(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Kernel", file));
}
