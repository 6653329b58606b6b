using System.Runtime.InteropServices;
using DrmActors.Actors.Prime;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>A buffer that one board makes and another shows.</summary>
public sealed class PrimeBoardsTests : HostTest
{
    private const uint Red = 0xff0000;

    protected override void Configure(DrmHostOptions options) => options.Boards.Add("vkms");

    // A display controller keeps the block that it composes in for the next time.
    protected override async Task PrepareAsync()
    {
        await using var card = await Host.OpenAsync();
        using var frame = await Host.CaptureAsync(0, (await Screen.LightAsync(card)).Crtc);
    }

    [Fact]
    public async Task A_board_should_show_what_another_draws()
    {
        var scene = await ShareAsync();
        Assert.Equal((Red, Red), await LookAsync(scene));

        // Drawn where it was made, and by the dma-buf.
        using (var pixels = await scene.Buffer.MapAsync())
            pixels.Span[..4].Fill(0x11);
        using (var pixels = Host.Mmap(scene.Descriptor, 0, scene.Buffer.Size))
            pixels.Span[(int)LastOf(scene)..][..4].Fill(0x22);
        Assert.Equal((0x111111u, 0x222222u), await LookAsync(scene));
        Host.Close(scene.Descriptor);
        await scene.Maker.DisposeAsync();
    }

    [Fact]
    public async Task A_framebuffer_should_keep_what_it_shows_when_its_maker_has_gone()
    {
        var scene = await ShareAsync();
        Host.Close(scene.Descriptor);
        await scene.Screen.Card.GemCloseAsync(scene.Handle);
        await scene.Buffer.DisposeAsync();
        await scene.Maker.DisposeAsync();

        Assert.Equal((Red, Red), await LookAsync(scene));
        // By GETFB2 it is there again.
        var again = (await scene.Screen.Card.CallAsync(new ModeGetFb2(scene.Framebuffer))).Value!;
        await scene.Screen.Card.GemCloseAsync(again.Planes[0].Handle);
    }

    [Fact]
    public async Task A_board_that_is_pulled_out_should_leave_its_pixels()
    {
        var scene = await ShareAsync();
        await Host.UnplugBoardAsync("vkms");

        await RefusedAsync(Errno.ENODEV, () => scene.Maker.PrimeHandleToFdAsync(scene.Buffer.Handle));
        await scene.Maker.DisposeAsync();
        Assert.Equal((Red, Red), await LookAsync(scene));
        using (var pixels = Host.Mmap(scene.Descriptor, 0, 4096))
            pixels.Span[..4].Fill(0x33);
        Assert.Equal((0x333333u, Red), await LookAsync(scene));
        Assert.Equal((long)scene.Buffer.Size, Host.Seek(scene.Descriptor, 0, SeekOrigin.End));
        Host.Close(scene.Descriptor);
        await Host.PlugBoardAsync("vkms");
    }

    [Fact]
    public async Task A_buffer_that_crashes_should_leave_its_pixels()
    {
        var scene = await ShareAsync();
        var buffer = (DmaBuf)Host.Descriptors.Find(scene.Descriptor)!;
        Assert.Equal(Errno.EIO, await Host.CrashAsync($"card1/gem/{buffer.Exporter.Id}"));

        Assert.Equal((Red, Red), await LookAsync(scene));
        // The one that made it has a handle of it that means nothing now; nobody else gets one.
        await using var other = await Host.OpenAsync(1);
        await RefusedAsync(Errno.ENODEV, () => other.PrimeFdToHandleAsync(scene.Descriptor));
        var elsewhere = await OpenAsync();
        await RefusedAsync(Errno.ENODEV, () => elsewhere.PrimeFdToHandleAsync(scene.Descriptor));
        Host.Close(scene.Descriptor);
        await scene.Maker.DisposeAsync();
    }

    private async Task<Scene> ShareAsync()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        var maker = await Host.OpenAsync(1);
        var buffer = await maker.CreateDumbAsync(screen.Mode.HDisplay, screen.Mode.VDisplay);
        using (var pixels = await buffer.MapAsync())
            MemoryMarshal.Cast<byte, uint>(pixels.Span).Fill(Red);
        var descriptor = await maker.PrimeHandleToFdAsync(buffer.Handle);
        var handle = await screen.Card.PrimeFdToHandleAsync(descriptor);
        var framebuffer = await screen.Card.AddFbAsync(buffer.Width, buffer.Height, 24, 32, buffer.Pitch, handle);
        await screen.Card.SetCrtcAsync(screen.Crtc, framebuffer, screen.Connector.Id, screen.Mode);
        return new Scene(screen, maker, buffer, descriptor, handle, framebuffer);
    }

    private async Task<(uint First, uint Last)> LookAsync(Scene scene)
    {
        using var frame = await Soon(Host.CaptureAsync(0, scene.Screen.Crtc));
        return (frame.PixelAt(0, 0), frame.PixelAt(frame.Width - 1, frame.Height - 1));
    }

    private static uint LastOf(Scene scene) => ((scene.Buffer.Height - 1) * scene.Buffer.Pitch) + ((scene.Buffer.Width - 1) * 4);

    private sealed record Scene(Screen Screen, DrmCard Maker, DrmBuffer Buffer, Descriptor Descriptor, GemHandle Handle, FramebufferId Framebuffer);
}
