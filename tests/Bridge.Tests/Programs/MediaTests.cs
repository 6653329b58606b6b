using System.Globalization;
using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Bridge.Tests.Programs;

/// <summary>Media programs, as Debian ships them: what one shows out of dma-bufs, another reads from the screen through dma-bufs.</summary>
public sealed class MediaTests : IDisposable
{
    // White, yellow, cyan, green, magenta, red, blue: a bit each for red, green and blue.
    private static readonly int[] Bars = [7, 6, 3, 2, 5, 4, 1];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("drm-media-");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>It asks for the framebuffer's handles, exports these, and maps what it has exported between DMA_BUF_IOCTL_SYNCs.</summary>
    [Theory]
    [InlineData("rk3399", true)]
    [InlineData("rk3399", false)]
    [InlineData("vkms", false)]
    public async Task Ffmpeg_should_grab_the_screen_as_the_host_lights_it(string board, bool isConsole)
    {
        await using var rig = await BridgeRig.StartAsync(board, user: 0);
        await using var card = await rig.Host.OpenAsync();
        var crtc = (await card.GetResourcesAsync()).Crtcs[0];
        if (!isConsole)
            await LightAsync(card, crtc);

        var grabbed = await GrabAsync(rig, "bgr0");

        using var frame = await rig.Host.CaptureAsync(0, crtc);
        Assert.Equal(frame.Pitch * frame.Height, grabbed.Length);
        for (var i = 0; i < grabbed.Length; i++)
            if (i % 4 != 3 && grabbed[i] != frame.Span[i])
                Assert.Fail($"byte {i}: {grabbed[i]} instead of {frame.Span[i]}");
    }

    /// <summary>It fills dumb buffers that it has exported, and flips between them.</summary>
    [Theory]
    [InlineData("rk3399", "rockchip", "HDMI-A-1", "NV12")]
    [InlineData("rk3399", "rockchip", "HDMI-A-1", "BGRx")]
    [InlineData("vkms", "vkms", "Virtual-1", "BGRx")]
    public async Task Gstreamer_should_show_a_film_that_ffmpeg_can_grab(string board, string driver, string connector, string format)
    {
        var watch = new ScreenWatch();
        var flips = 0;
        await using var rig = await BridgeRig.StartAsync(board, user: 0, onCall: call =>
        {
            watch.Hear(call);
            if (call is { Errno: Errno.None, Call: ModePageFlip })
                Interlocked.Increment(ref flips);
        });
        var id = (await rig.Host.FindConnectorAsync(0, connector))!.Value.Value.ToString(CultureInfo.InvariantCulture);
        using var film = rig.Start(
            "gst-launch-1.0", "videotestsrc", "!", $"video/x-raw,format={format},width=1920,height=1080,framerate=60/1", "!",
            "kmssink", $"driver-name={driver}", $"connector-id={id}", "force-modesetting=true");

        await watch.SeeAsync(rig, film, frame => Bars.SequenceEqual(Enumerable.Range(0, 7).Select(bar => Bits(frame.PixelAt(MiddleOf(bar), 300)))));
        // Of NV12 it wants to map as many rows of colours as there are of brightness, which is more than the buffer has.
        if (format != "NV12")
        {
            var grabbed = await GrabAsync(rig, "bgr0");
            Assert.Equal(1920 * 1080 * 4, grabbed.Length);
            Assert.Equal(Bars, Enumerable.Range(0, 7).Select(bar => Bits(BitConverter.ToUInt32(grabbed, ((300 * 1920) + MiddleOf(bar)) * 4))));
        }

        Assert.InRange(Volatile.Read(ref flips), 1, int.MaxValue);
        film.Kill();
        await film.WaitForExitAsync();

        static int MiddleOf(int bar) => ((2 * bar) + 1) * 1920 / 14;
        static int Bits(uint pixel) => (int)(((pixel >> 23) & 1) << 2 | ((pixel >> 15) & 1) << 1 | ((pixel >> 7) & 1));
    }

    private static async Task LightAsync(DrmCard card, CrtcId crtc)
    {
        var connector = await card.GetConnectorAsync((await card.GetResourcesAsync()).Connectors[0]);
        var mode = connector.Modes[0];
        var buffer = await card.CreateDumbAsync(mode.HDisplay, mode.VDisplay);
        using (var pixels = await buffer.MapAsync())
            new Random(1).NextBytes(pixels.Span);
        await card.SetCrtcAsync(crtc, await card.AddFbAsync(buffer), connector.Id, mode);
    }

    private async Task<byte[]> GrabAsync(BridgeRig rig, string format)
    {
        var file = Path.Combine(_folder.FullName, "frame");
        var run = await rig.RunAsync(
            "ffmpeg", "-nostdin", "-loglevel", "error", "-device", "/dev/dri/card0", "-f", "kmsgrab", "-i", "-",
            "-vf", $"hwdownload,format={format}", "-frames:v", "1", "-pix_fmt", "bgr0", "-f", "rawvideo", "-y", file);
        Assert.True(run.ExitCode == 0, run.ToString());
        return await File.ReadAllBytesAsync(file);
    }
}
