using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Cursors, in a time that the test moves on.</summary>
public sealed class CursorTests : HostTest
{
    private const uint Black = 0;
    private const uint Blue = 0x0000ff;
    private const uint White = 0xffffff;

    protected override void Configure(DrmHostOptions options)
    {
        options.Boards.Clear();
        options.Boards.Add("vkms");
        options.Time = TimeMode.Manual;
    }

    [Fact]
    public async Task A_cursor_should_not_wait_for_a_flip_nor_a_flip_for_a_cursor()
    {
        var screen = await WithTimeAsync(Screen.LightAsync(await OpenAsync()));
        var blue = await FilledAsync(screen, Blue);
        var pointer = await FilledAsync(screen, White, 64, 64);
        await WithTimeAsync(screen.Card.CallAsync(Show(screen, pointer.Buffer)));
        await WithTimeAsync(screen.Card.CallAsync(Move(screen, 100, 100)));
        Assert.Equal((White, Black), await SeenAsync(screen, (100, 100), (300, 300)));

        await screen.Card.PageFlipAsync(screen.Crtc, blue.Framebuffer, userData: 1);
        // The time stands still: what waits for a vblank waits for ever.
        for (var i = 1; i <= 3; i++)
            Assert.Equal(Errno.None, (await Soon(screen.Card.CallAsync(Move(screen, 100 + (100 * i), 100)))).Errno);
        Assert.Equal((Black, White), await SeenAsync(screen, (100, 100), (400, 100)));
        Assert.Equal(Black, (await SeenAsync(screen, (300, 300), (0, 0))).First);

        await Soon(screen.Card.CallAsync(Move(screen, 300, 300)));
        Assert.Equal(1ul, Assert.IsType<FlipCompleteEvent>(await WithTimeAsync(screen.Card.NextEventAsync())).UserData);
        Assert.Equal((Blue, White), await SeenAsync(screen, (400, 100), (300, 300)));

        // Taken away while a flip is under way.
        await screen.Card.PageFlipAsync(screen.Crtc, screen.Framebuffer, userData: 2);
        Assert.Equal(Errno.None, (await Soon(screen.Card.CallAsync(new ModeCursor2(CursorFlags.Bo, screen.Crtc, 0, 0, 0, 0, default)))).Errno);
        Assert.Equal(Blue, (await SeenAsync(screen, (300, 300), (0, 0))).First);
        await WithTimeAsync(screen.Card.NextEventAsync());
        Assert.Equal(Black, (await SeenAsync(screen, (300, 300), (0, 0))).First);
        await WithTimeAsync(screen.Card.DisposeAsync().AsTask());
    }

    private static ModeCursor2 Show(Screen screen, DrmBuffer buffer) => new(CursorFlags.Bo, screen.Crtc, 0, 0, buffer.Width, buffer.Height, buffer.Handle);

    private static ModeCursor2 Move(Screen screen, int x, int y) => new(CursorFlags.Move, screen.Crtc, x, y, 0, 0, default);

    private static async Task<(DrmBuffer Buffer, FramebufferId Framebuffer)> FilledAsync(Screen screen, uint color, uint width = 0, uint height = 0)
    {
        var buffer = await screen.Card.CreateDumbAsync(width == 0 ? screen.Mode.HDisplay : width, height == 0 ? screen.Mode.VDisplay : height);
        using (var mapping = await screen.Card.MapAsync(buffer.Handle, buffer.Size))
            System.Runtime.InteropServices.MemoryMarshal.Cast<byte, uint>(mapping.Span).Fill(0xff000000 | color);
        return (buffer, await screen.Card.AddFbAsync(buffer));
    }

    private async Task<(uint First, uint Second)> SeenAsync(Screen screen, (int X, int Y) first, (int X, int Y) second)
    {
        using var frame = await Soon(Host.CaptureAsync(0, screen.Crtc));
        return (frame.PixelAt(first.X, first.Y), frame.PixelAt(second.X, second.Y));
    }
}
