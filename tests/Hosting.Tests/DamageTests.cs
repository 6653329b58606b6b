using DrmActors.Kms;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Hosting.Tests;

/// <summary>Frames one after the other, of which the client says what is new.</summary>
public sealed class DamageTests : HostTest
{
    private const AtomicFlags Flip = AtomicFlags.PageFlipEvent;

    protected override void Configure(DrmHostOptions options) => options.Boards[0] = "wall";

    [Fact]
    public async Task Frames_of_random_damage_should_be_what_a_capture_shows()
    {
        using var client = await ClientAsync();
        var random = new Random(3);
        await Soon(Host.NextFrameAsync(0, client.Screen.Crtc));
        for (var i = 0; i < 60; i++)
        {
            var (width, height) = (client.Screen.Mode.HDisplay, client.Screen.Mode.VDisplay);
            var (x, y) = (random.Next(width - 1), random.Next(height - 1));
            (int X1, int Y1, int X2, int Y2) clip = (x, y, random.Next(x + 1, width), random.Next(y + 1, height));
            client.Draw(clip, (byte)random.Next(256));
            await client.CommitAsync(random.Next(4) > 0 ? clip : null, random.Next(2) == 0 ? Flip : AtomicFlags.None);
            // Now and then several commits a frame.
            if (random.Next(3) == 0)
                continue;
            var next = await Soon(Host.NextFrameAsync(0, client.Screen.Crtc));
            using var shown = await Host.CaptureAsync(0, client.Screen.Crtc);
            Assert.Equal(shown.Crc, next.Crc);
        }
    }

    [Fact]
    public async Task Only_what_is_said_to_be_new_should_be_composed_again()
    {
        using var client = await ClientAsync();
        var before = await Soon(Host.NextFrameAsync(0, client.Screen.Crtc));
        client.Draw((0, 0, 100, 100), 0x77);
        await client.CommitAsync((200, 200, 300, 300), AtomicFlags.None);
        Assert.Equal(before.Crc, (await Soon(Host.NextFrameAsync(0, client.Screen.Crtc))).Crc);

        // The next frame is of no commit, and so of everything.
        using var shown = await Host.CaptureAsync(0, client.Screen.Crtc);
        Assert.NotEqual(before.Crc, shown.Crc);
        Assert.Equal(shown.Crc, (await Soon(Host.NextFrameAsync(0, client.Screen.Crtc))).Crc);
    }

    [Fact]
    public async Task A_plane_that_is_set_to_what_it_is_should_be_new_as_a_whole()
    {
        using var client = await ClientAsync();
        var before = await Soon(Host.NextFrameAsync(0, client.Screen.Crtc));
        await client.CommitAsync((0, 0, 1, 1), AtomicFlags.None);
        client.Draw((50, 50, 100, 100), 0x77);
        await client.CommitAsync(null, AtomicFlags.None);
        var next = await Soon(Host.NextFrameAsync(0, client.Screen.Crtc));
        using var shown = await Host.CaptureAsync(0, client.Screen.Crtc);
        Assert.NotEqual(before.Crc, shown.Crc);
        Assert.Equal(shown.Crc, next.Crc);
    }

    private async Task<Client> ClientAsync()
    {
        var card = await OpenAsync();
        await card.SetClientCapAsync(ClientCapability.Atomic, 1);
        var screen = await LightAsync(card);
        foreach (var id in (await card.CallAsync(new ModeGetPlaneResources())).Value!.Planes)
            if ((await card.CallAsync(new ModeGetPlane(id))).Value!.Crtc == screen.Crtc)
                return new Client(screen, id, await screen.Buffer.MapAsync());
        throw new InvalidOperationException("nothing is shown");
    }

    // A display controller keeps the block that it composes in for the next time.
    protected override async Task PrepareAsync()
    {
        await using var card = await Host.OpenAsync();
        await Host.NextFrameAsync(0, (await LightAsync(card)).Crtc);
    }

    // The smallest mode: a wall is large.
    private static async Task<Screen> LightAsync(DrmCard card)
    {
        var resources = await card.GetResourcesAsync();
        var connector = await card.GetConnectorAsync(resources.Connectors[0]);
        var mode = connector.Modes.MinBy(m => m.HDisplay * m.VDisplay)!;
        var buffer = await card.CreateDumbAsync(mode.HDisplay, mode.VDisplay);
        var framebuffer = await card.AddFbAsync(buffer);
        await card.SetCrtcAsync(resources.Crtcs[0], framebuffer, connector.Id, mode);
        return new Screen(card, resources.Crtcs[0], connector, mode, buffer, framebuffer);
    }

    private sealed record Client(Screen Screen, PlaneId Plane, DrmMapping Pixels) : IDisposable
    {
        public void Dispose() => Pixels.Dispose();

        public void Draw((int X1, int Y1, int X2, int Y2) clip, byte value)
        {
            for (var y = clip.Y1; y < clip.Y2; y++)
                Pixels.Span.Slice(y * (int)Screen.Buffer.Pitch + clip.X1 * 4, (clip.X2 - clip.X1) * 4).Fill(value);
        }

        public async Task CommitAsync((int X1, int Y1, int X2, int Y2)? clip, AtomicFlags flags)
        {
            ulong blob = 0;
            if (clip is var (x1, y1, x2, y2))
            {
                var made = await Screen.Card.CallAsync(new ModeCreatePropBlob([.. new[] { x1, y1, x2, y2 }.SelectMany(BitConverter.GetBytes)]));
                blob = made.Value!.Blob.Value;
            }

            var reply = await Soon(Screen.Card.CallAsync(new ModeAtomic(
                flags,
                [new AtomicObject(Plane.Value, [new(StandardProperties.FbId.Id, Screen.Framebuffer.Value), new(StandardProperties.FbDamageClips.Id, blob)])])));
            Assert.Equal(Errno.None, reply.Errno);
            if (flags.HasFlag(Flip))
                await Soon(Screen.Card.NextEventAsync());
        }
    }
}
