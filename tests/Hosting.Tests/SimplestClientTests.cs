using System.Runtime.InteropServices;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>S2: open, CREATE_DUMB, ADDFB, MAP_DUMB, mmap, draw, SETCRTC, flip, read events, tear down.</summary>
public sealed class SimplestClientTests : HostTest
{
    [Theory]
    [InlineData(32)]
    [InlineData(16)]
    public async Task The_simplest_client_should_see_on_the_monitor_what_it_drew(uint bpp)
    {
        var card = await OpenAsync();
        var resources = await card.GetResourcesAsync();
        var connector = await card.GetConnectorAsync(resources.Connectors[0]);
        var (crtc, mode) = (resources.Crtcs[0], connector.Modes[0]);
        await using var first = await card.CreateDumbAsync(mode.HDisplay, mode.VDisplay, bpp);
        await using var second = await card.CreateDumbAsync(mode.HDisplay, mode.VDisplay, bpp);
        var front = await card.AddFbAsync(first);
        var back = await card.AddFbAsync(second);
        using var pixels = await second.MapAsync();
        Draw(pixels.Span, second);

        await card.SetCrtcAsync(crtc, front, connector.Id, mode);
        using (var black = await Host.CaptureAsync(card.Minor, crtc))
            Assert.Equal(0u, black.PixelAt(mode.HDisplay / 2, mode.VDisplay / 2));
        await card.PageFlipAsync(crtc, back, userData: 42);
        var shown = Assert.IsType<FlipCompleteEvent>(await Soon(card.NextEventAsync()));
        using var frame = await Host.CaptureAsync(card.Minor, crtc);

        Assert.Equal((42ul, crtc), (shown.UserData, shown.Crtc));
        Assert.Equal((mode.HDisplay, mode.VDisplay), (frame.Width, frame.Height));
        Assert.True(frame.Sequence >= shown.Sequence);
        AssertShows(frame, bpp);
        await card.RmFbAsync(front);
        await card.RmFbAsync(back);
    }

    [Fact]
    public async Task Flips_should_come_on_consecutive_vblanks_an_exact_period_apart()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        var events = new List<FlipCompleteEvent>();

        for (var i = 0; i < 1000; i++)
        {
            await screen.Card.PageFlipAsync(screen.Crtc, screen.Framebuffer);
            events.Add((FlipCompleteEvent)await Soon(screen.Card.NextEventAsync()));
        }

        var mode = screen.Mode;
        var (first, last) = (events[0], events[^1]);
        Assert.Equal(Enumerable.Range((int)first.Sequence, events.Count), events.Select(e => (int)e.Sequence));
        // No drift: a thousand frames last a thousand periods of htotal * vtotal pixels at the clock's kHz, to the nanosecond.
        var exact = (events.Count - 1) * (decimal)mode.HTotal * mode.VTotal * 1_000_000m / mode.Clock;
        Assert.InRange(last.Time - first.Time, (long)exact - 1, (long)exact + 1);
    }

    [Fact]
    public async Task A_picture_should_be_the_memory_that_was_mapped_and_no_copy_of_it()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        using var pixels = await screen.Buffer.MapAsync();

        pixels.Span[..4].Fill(0x7f);
        using var frame = await Host.CaptureAsync(0, screen.Crtc);

        Assert.Equal(0x7f7f7fu, frame.PixelAt(0, 0));
    }

    private static void Draw(Span<byte> bytes, DrmBuffer buffer)
    {
        for (var y = 0; y < buffer.Height; y++)
        {
            var row = bytes.Slice(y * (int)buffer.Pitch, (int)(buffer.Width * buffer.Bpp / 8));
            for (var x = 0; x < buffer.Width; x++)
            {
                if (buffer.Bpp == 32)
                    MemoryMarshal.Cast<byte, uint>(row)[x] = ColorAt(x, y);
                else
                    MemoryMarshal.Cast<byte, ushort>(row)[x] = To565(ColorAt(x, y));
            }
        }
    }

    private static void AssertShows(DrmFrame frame, uint bpp)
    {
        var pixels = MemoryMarshal.Cast<byte, uint>(frame.Span);
        for (var y = 0; y < frame.Height; y++)
        {
            for (var x = 0; x < frame.Width; x++)
            {
                var wanted = bpp == 32 ? ColorAt(x, y) : From565(To565(ColorAt(x, y)));
                if ((pixels[(y * frame.Width) + x] & 0xffffff) != wanted)
                    Assert.Fail($"pixel {x},{y}: {pixels[(y * frame.Width) + x]:x8} instead of {wanted:x6}");
            }
        }
    }

    private static uint ColorAt(int x, int y) => (uint)((x * 7919) ^ (y * 104729)) & 0xffffff;

    private static ushort To565(uint color) => (ushort)((color >> 8 & 0xf800) | (color >> 5 & 0x07e0) | (color >> 3 & 0x001f));

    // The brightest is as bright with fewer bits, and what is between goes to the nearest.
    private static uint From565(ushort color)
    {
        var (red, green, blue) = ((uint)color >> 11, (uint)color >> 5 & 0x3f, (uint)color & 0x1f);
        return ((red * 255) + 15) / 31 << 16 | ((green * 255) + 31) / 63 << 8 | ((blue * 255) + 15) / 31;
    }
}
