using System.Runtime.InteropServices;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>The code of docs/sharing.md.</summary>
public sealed class SharingSample
{
    [Fact]
    public async Task A_screen_should_wait_for_what_another_card_draws()
    {
        // begin docs/sharing.md
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { "rk3399", "vkms" } });
        await using var screen = await host.OpenAsync(0);
        await using var painter = await host.OpenAsync(1); // in place of a GPU
        var resources = await screen.GetResourcesAsync();
        var (crtc, monitor) = (resources.Crtcs[0], await screen.GetConnectorAsync(resources.Connectors[0]));
        var (width, height) = (monitor.Modes[0].HDisplay, monitor.Modes[0].VDisplay);
        var black = await screen.AddFbAsync(await screen.CreateDumbAsync(width, height));
        await screen.SetCrtcAsync(crtc, black, monitor.Id, monitor.Modes[0]);

        // A buffer of one card becomes a framebuffer of the other: the same pages.
        var buffer = await painter.CreateDumbAsync(width, height);
        var dmaBuf = await painter.PrimeHandleToFdAsync(buffer.Handle);
        var handle = await screen.PrimeFdToHandleAsync(dmaBuf);
        var framebuffer = await screen.AddFbAsync(width, height, depth: 24, bpp: 32, buffer.Pitch, handle);

        // Somebody will draw into it, and has said so. The flip is accepted, and waits.
        var work = host.OpenSwSync("painting");
        var painted = await host.CreateFenceAsync(work, 1);
        await host.ImportSyncFileAsync(dmaBuf, DmaBufSyncFlags.Write, painted);
        await screen.PageFlipAsync(crtc, framebuffer);

        using (var pixels = host.Mmap(dmaBuf, 0, buffer.Size))
            MemoryMarshal.Cast<byte, uint>(pixels.Span).Fill(0xff9000);
        await host.AdvanceAsync(work); // done: the next vblank shows it
        var flip = await screen.NextEventAsync();
        using var frame = await host.CaptureAsync(screen.Minor, crtc);
        Console.WriteLine($"{flip}: pixel 0x{frame.PixelAt(0, 0):x6}");
        foreach (var descriptor in (Descriptor[])[dmaBuf, work, painted])
            host.Close(descriptor);
        // end
        Assert.Equal(0xff9000u, frame.PixelAt(0, 0));
        await painter.DisposeAsync();
        await screen.DisposeAsync();
        Assert.Equal(0, (await host.ShutdownAsync()).Descriptors);
    }
}
