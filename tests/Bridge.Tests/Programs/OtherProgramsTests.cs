namespace DrmActors.Bridge.Tests.Programs;

/// <summary>drm_info and libdrm's other test programs, as Debian ships them.</summary>
public sealed class OtherProgramsTests
{
    [Fact]
    public async Task Drm_info_should_print_what_a_kernel_lets_it_print()
    {
        await using var rig = await BridgeRig.StartAsync("vkms", user: 0);
        // It only looks; the modes are there since somebody probed.
        await rig.RunAsync("modetest", "-M", "vkms", "-c");
        var info = await rig.RunAsync("drm_info");

        Assert.Equal(Expected("drm_info-vkms.txt"), info.Output);
    }

    [Fact]
    public async Task Drm_info_should_print_the_board()
    {
        await using var rig = await BridgeRig.StartAsync(user: 0);
        await rig.RunAsync("modetest", "-M", "rockchip", "-c");
        var info = await rig.RunAsync("drm_info");

        Assert.Equal(Expected("drm_info-rk3399.txt"), info.Output);
    }

    [Fact]
    public async Task Proptest_should_print_what_a_kernel_lets_it_print()
    {
        await using var rig = await BridgeRig.StartAsync("vkms", user: 0);
        var list = await rig.RunAsync("proptest", "-M", "vkms");

        Assert.Equal(Expected("proptest-vkms.txt"), list.Output);
    }

    [Fact]
    public async Task Proptest_should_set_a_property()
    {
        await using var rig = await BridgeRig.StartAsync("vkms", user: 0);
        var set = await rig.RunAsync("proptest", "-M", "vkms", "52", "connector", "2", "3");
        var list = await rig.RunAsync("proptest", "-M", "vkms");

        Assert.Equal(0, set.ExitCode);
        Assert.Contains("value: 3", list.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rk3399", "platform:display-subsystem")]
    [InlineData("vkms", "platform:vkms")]
    public async Task Drmdevice_should_find_the_card(string board, string bus)
    {
        await using var rig = await BridgeRig.StartAsync(board);
        var found = await rig.RunAsync("drmdevice");

        Assert.Contains("--- Checking the number of DRM device available ---", found.Output, StringComparison.Ordinal);
        Assert.Contains("/dev/dri/card0", found.Output, StringComparison.Ordinal);
        Assert.Contains(bus.Split(':')[1], found.Output, StringComparison.Ordinal);
        Assert.Equal(0, found.ExitCode);
    }

    [Fact]
    public async Task Modeprint_should_print_the_card()
    {
        await using var rig = await BridgeRig.StartAsync();
        var printed = await rig.RunAsync("modeprint", "rockchip");

        Assert.Contains("1920x1080", printed.Output, StringComparison.Ordinal);
        Assert.Equal(0, printed.ExitCode);
    }

    [Fact]
    public async Task Vbltest_should_measure_the_refresh_rate()
    {
        await using var rig = await BridgeRig.StartAsync();
        using var vbltest = rig.Start("vbltest", "-M", "rockchip");
        var rate = await Frequencies.NearestAsync(vbltest, wanted: 60, near: 0.6);
        await vbltest.StandardInput.WriteLineAsync();
        await vbltest.WaitForExitAsync();

        Assert.InRange(rate, 59.4, 60.6);
    }

    private static string Expected(string file) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Kernel", file));
}
