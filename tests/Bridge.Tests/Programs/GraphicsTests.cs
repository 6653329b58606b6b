using System.Diagnostics;
using System.Globalization;
using DrmActors.Hardware.Display;
using DrmActors.Hosting;

namespace DrmActors.Bridge.Tests.Programs;

/// <summary>Programs that draw, as Debian ships them: each lights a screen of its own accord, and what is then on it is what it draws.</summary>
public sealed class GraphicsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drm-graphics-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Mesa's rasteriser in software draws into dumb buffers, which are flipped.</summary>
    [Theory]
    [InlineData("rk3399")]
    [InlineData("no-vblank")]
    public async Task Kmscube_should_turn_its_cube(string board)
    {
        var watch = new ScreenWatch();
        await using var rig = await BridgeRig.StartAsync(board, onCall: watch.Hear);
        using var kmscube = rig.Start("kmscube");

        await watch.SeeAsync(rig, kmscube, frame => frame.PixelAt(0, 0) == 0x808080 && ScreenWatch.Colours(frame) > 500);
        await EndAsync(kmscube);
    }

    /// <summary>Mesa's number for no modifier is one that Linux 6.1's vkms takes for a framebuffer, and cannot show.</summary>
    [Fact]
    public async Task Kmscube_should_fail_as_with_the_kernels_vkms()
    {
        await using var rig = await BridgeRig.StartAsync("vkms");
        var run = await rig.RunAsync("kmscube");

        Assert.Contains("failed to set mode: Invalid argument", run.Output + run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sdl_should_draw_through_gbm_and_egl()
    {
        var watch = new ScreenWatch();
        await using var rig = await BridgeRig.StartAsync(onCall: watch.Hear);
        using var cube = rig.Start("env", "SDL_VIDEODRIVER=kmsdrm", "/usr/libexec/installed-tests/SDL2/testgles2");

        await watch.SeeAsync(rig, cube, frame => frame.PixelAt(frame.Width - 1, frame.Height - 1) == 0 && ScreenWatch.Colours(frame) > 500);
        await EndAsync(cube);
    }

    [Theory]
    [InlineData("rk3399")]
    [InlineData("vkms")]
    public async Task Xorg_should_show_its_weave(string board)
    {
        var config = Path.Combine(_folder.FullName, "xorg.conf");
        await File.WriteAllTextAsync(config, """
            Section "ServerFlags"
              Option "AutoAddDevices" "false"
            EndSection
            Section "Device"
              Identifier "card"
              Driver "modesetting"
              Option "kmsdev" "/dev/dri/card0"
            EndSection

            """);
        var watch = new ScreenWatch();
        await using var rig = await BridgeRig.StartAsync(board, onCall: watch.Hear);
        using var xorg = rig.Start(
            "/usr/lib/xorg/Xorg", "-displayfd", "1", "-config", config, "-retro", "-seat", "seat1", "-logfile", Path.Combine(_folder.FullName, "log"));

        await watch.SeeAsync(rig, xorg, frame => ScreenWatch.Colours(frame) == 2);
        await EndAsync(xorg);
        Assert.Equal(0, xorg.ExitCode);
    }

    /// <summary>A compositor and its terminal. It exports what it draws into by PRIME, and imports that for its screens.</summary>
    [Theory]
    [InlineData("rk3399")]
    [InlineData("vkms")]
    public async Task Sway_should_show_its_terminal(string board)
    {
        var watch = new ScreenWatch();
        await using var rig = await BridgeRig.StartAsync(board, onCall: watch.Hear);
        using var sway = await StartSwayAsync(rig);

        await watch.SeeAsync(rig, sway, frame => frame.PixelAt(frame.Width / 2, frame.Height / 2) == Terminal);
        Assert.Equal(2, watch.Imports);
        await EndAsync(sway);
        Assert.Equal(0, sway.ExitCode);
    }

    /// <summary>It looks for monitors when udev tells of them, and not before.</summary>
    [Fact]
    public async Task Sway_should_move_to_another_monitor()
    {
        var watch = new ScreenWatch();
        await using var rig = await BridgeRig.StartAsync("vkms", onCall: watch.Hear);
        using var sway = await StartSwayAsync(rig);
        await watch.SeeAsync(rig, sway, frame => frame.PixelAt(frame.Width / 2, frame.Height / 2) == Terminal);
        var connector = await rig.Host.FindConnectorAsync(0, "Virtual-1") ?? throw new InvalidOperationException();

        var seesNothing = watch.SeeNothingAsync();
        await rig.Host.UnplugAsync(0, connector);
        await seesNothing;
        await rig.Host.PlugAsync(0, connector, [new ModeRequest(800, 600, Interlaced: false, 60_000).MakeTiming()!]);

        await watch.SeeAsync(rig, sway, frame => frame is { Width: 800, Height: 600 } && frame.PixelAt(400, 300) == Terminal);
        await EndAsync(sway);
        Assert.Equal(0, sway.ExitCode);
    }

    private async Task<Process> StartSwayAsync(BridgeRig rig)
    {
        var config = Path.Combine(_folder.FullName, "config");
        await File.WriteAllTextAsync(config, "xwayland disable\nexec foot\n");
        // It refuses to be root, and in a name space of its own root is somebody else.
        string[] line =
        [
            .. Environment.IsPrivilegedProcess ? ["unshare", "--user", "--map-user=1000", "--map-group=1000"] : Array.Empty<string>(),
            "env", "LIBSEAT_BACKEND=builtin", "SEATD_VTBOUND=0", "WLR_LIBINPUT_NO_DEVICES=1", "WLR_RENDERER=pixman",
            $"XDG_RUNTIME_DIR={_folder.FullName}", "sway", "-c", config,
        ];
        return rig.Start(line[0], line[1..]);
    }

    /// <summary>What foot paints its background with.</summary>
    private const uint Terminal = 0x111111;

    private static async Task EndAsync(Process program)
    {
        using (var kill = Process.Start("kill", ["-TERM", program.Id.ToString(CultureInfo.InvariantCulture)]))
            await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(ScreenWatch.Patience);
        await program.WaitForExitAsync(limit.Token);
    }
}
