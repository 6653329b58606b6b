using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Scanout;
using DrmActors.Kms;
using DrmActors.Messages;
using static DrmActors.Messages.AtomicFlags;

namespace DrmActors.Hosting.Tests;

/// <summary>A frame into the client's own buffer, by the writeback connector of the virtual board.</summary>
public sealed class WritebackTests : HostTest
{
    // R8, which is not written.
    private const uint EightBits = 'R' | '8' << 8 | ' ' << 16 | ' ' << 24;

    protected override void Configure(DrmHostOptions options)
    {
        options.Boards.Clear();
        options.Boards.Add("vkms");
    }

    [Theory]
    [InlineData(Fourcc.Xrgb8888, 32u)]
    [InlineData(Fourcc.Xrgb16161616, 64u)]
    [InlineData(Fourcc.Argb16161616, 64u)]
    [InlineData(Fourcc.Rgb565, 16u)]
    public async Task The_frame_of_a_commit_should_be_in_the_buffer_when_the_commit_is_done(uint format, uint bits)
    {
        var writer = await WriterAsync();
        var (framebuffer, buffer) = await TargetAsync(writer, format, bits, writer.Screen.Mode.HDisplay);
        using var mapping = await writer.Screen.Card.MapAsync(buffer.Handle, buffer.Size);

        Assert.Equal(Errno.None, (await Soon(writer.Screen.Card.CallAsync(writer.Commit(framebuffer, AllowModeset)))).Errno);

        using var shown = await Host.CaptureAsync(0, writer.Screen.Crtc);
        foreach (var (x, y) in ((int, int)[])[(0, 0), (1, 0), (100, 50), (writer.Screen.Mode.HDisplay - 1, writer.Screen.Mode.VDisplay - 1)])
        {
            var wire = shown.PixelAt(x, y) & 0xffffff;
            Assert.Equal(wire, Pixel(format, mapping.Span[(int)((uint)y * buffer.Pitch)..], x, wire));
        }

        // One frame, and no more: the connector has forgotten its target.
        mapping.Span.Clear();
        await writer.Screen.Card.PageFlipAsync(writer.Screen.Crtc, writer.Screen.Framebuffer);
        await Soon(writer.Screen.Card.NextEventAsync());
        Assert.False(mapping.Span.ContainsAnyExcept((byte)0));
    }

    [Fact]
    public async Task A_test_should_write_nothing()
    {
        var writer = await WriterAsync();
        var (framebuffer, buffer) = await TargetAsync(writer, Fourcc.Xrgb8888, 32, writer.Screen.Mode.HDisplay);
        using var mapping = await writer.Screen.Card.MapAsync(buffer.Handle, buffer.Size);
        Assert.Equal(Errno.None, (await writer.Screen.Card.CallAsync(writer.Commit(framebuffer, TestOnly | AllowModeset))).Errno);
        Assert.False(mapping.Span.ContainsAnyExcept((byte)0));
    }

    [Fact]
    public async Task What_cannot_be_written_should_be_refused()
    {
        var writer = await WriterAsync();
        var narrow = await TargetAsync(writer, Fourcc.Xrgb8888, 32, (uint)writer.Screen.Mode.HDisplay - 1);
        var bytes = await TargetAsync(writer, EightBits, 8, writer.Screen.Mode.HDisplay);
        foreach (var framebuffer in (FramebufferId[])[narrow.Framebuffer, bytes.Framebuffer])
            Assert.Equal(Errno.EINVAL, (await writer.Screen.Card.CallAsync(writer.Commit(framebuffer, AllowModeset))).Errno);
        // A target without a CRTC.
        var loose = writer.Commit(narrow.Framebuffer, AllowModeset);
        loose = loose with { Objects = [new AtomicObject(writer.Connector.Value, [loose.Objects[0].Properties[1]])] };
        Assert.Equal(Errno.EINVAL, (await writer.Screen.Card.CallAsync(loose)).Errno);
    }

    [Fact]
    public async Task A_target_that_is_removed_at_once_should_harm_nobody()
    {
        var writer = await WriterAsync();
        for (var i = 0; i < 20; i++)
        {
            var (framebuffer, buffer) = await TargetAsync(writer, Fourcc.Xrgb8888, 32, writer.Screen.Mode.HDisplay);
            Assert.Equal(Errno.None, (await writer.Screen.Card.CallAsync(writer.Commit(framebuffer, AllowModeset | NonBlock))).Errno);
            await writer.Screen.Card.CallAsync(new GemClose(buffer.Handle));
            await Soon(writer.Screen.Card.RmFbAsync(framebuffer));
        }
    }

    [Theory]
    [InlineData(false, Errno.None)]
    [InlineData(true, Errno.EIO)]
    public async Task The_fence_of_a_frame_should_come_when_it_is_there_or_cannot_be(bool losesMemory, Errno expected)
    {
        var writer = await WriterAsync();
        var (framebuffer, buffer) = await TargetAsync(writer, Fourcc.Xrgb8888, 32, writer.Screen.Mode.HDisplay);
        var timeline = Host.OpenSwSync();
        var go = await Host.CreateFenceAsync(timeline, 1);
        var commit = writer.Commit(framebuffer, AllowModeset | NonBlock, fence: 0x2000);
        commit = commit with { Objects = commit.Objects.Add(new AtomicObject(writer.Primary, [new PropertyValue(StandardProperties.InFenceFd.Id, (ulong)go.Number)])) };
        var reply = await writer.Screen.Card.CallAsync(commit);
        Assert.Equal(Errno.None, reply.Errno);
        var made = Assert.Single(reply.Value!.Made);
        Assert.Equal((0x2000ul, 0x2000ul), (made.Pointer, Assert.Single(reply.Value.Fences)));
        var fence = (await Host.GetSyncFencesAsync(made.Descriptor)).Single();
        Assert.Equal(("vkms", $"CONNECTOR:{writer.Connector.Value}-Writeback-1", 0), (fence.Driver, fence.Timeline, fence.Status));
        if (losesMemory)
            await LoseAsync(writer, framebuffer);

        await Host.AdvanceAsync(timeline);

        Assert.True(await Soon(Host.WaitAsync(made.Descriptor)));
        Assert.Equal(expected == Errno.None ? 1 : -(int)expected, (await Host.GetSyncFencesAsync(made.Descriptor)).Single().Status);
        foreach (var descriptor in (Descriptor[])[timeline, go, made.Descriptor])
            Host.Close(descriptor);
        if (!losesMemory)
            await writer.Screen.Card.CallAsync(new GemClose(buffer.Handle));
    }

    [Fact]
    public async Task A_fence_without_a_frame_should_be_refused_and_a_test_give_none()
    {
        var writer = await WriterAsync();
        var (framebuffer, _) = await TargetAsync(writer, Fourcc.Xrgb8888, 32, writer.Screen.Mode.HDisplay);
        var tested = await writer.Screen.Card.CallAsync(writer.Commit(framebuffer, TestOnly | AllowModeset, fence: 0x2000));
        Assert.Equal((Errno.None, 0), (tested.Errno, tested.Value!.Made.Length));
        Assert.Equal(Errno.EINVAL, (await writer.Screen.Card.CallAsync(writer.Commit(default, AllowModeset, fence: 0x2000))).Errno);
        Assert.Equal(0, Host.Descriptors.Count);
    }

    // As a buffer goes whose actor has crashed.
    private async Task LoseAsync(Writer writer, FramebufferId framebuffer)
    {
        var view = writer.Screen.Card.View.Device;
        var id = view.State.Find(framebuffer)!.Buffers[0].ObjectId;
        var objects = await Host.AskAsync(view.Gem, new ListObjects());
        var lost = objects.Value!.Objects.Single(o => o.Id == id);
        Host.System.Stop(lost.Object);
        while ((await Host.AskAsync(view.Gem, new ListObjects())).Value!.Objects.Contains(lost))
            await Task.Yield();
    }

    private static uint Pixel(uint format, ReadOnlySpan<byte> row, int x, uint wire) => format switch
    {
        Fourcc.Xrgb8888 => BitConverter.ToUInt32(row[(x * 4)..]) & 0xffffff,
        // The rounding of narrow formats is the composer's, which has tests of its own: here it is the same colour.
        Fourcc.Rgb565 => Near(BitConverter.ToUInt16(row[(x * 2)..]), wire) ? wire : ~wire,
        _ => ((uint)row[(x * 8) + 5] << 16) | ((uint)row[(x * 8) + 3] << 8) | row[(x * 8) + 1],
    };

    private static bool Near(ushort pixel, uint wire) =>
        Math.Abs(((pixel >> 11) * 255 / 31) - (int)(wire >> 16)) <= 8
        && Math.Abs((((pixel >> 5) & 63) * 255 / 63) - (int)((wire >> 8) & 255)) <= 4
        && Math.Abs(((pixel & 31) * 255 / 31) - (int)(wire & 255)) <= 8;

    private static async Task<(FramebufferId Framebuffer, DrmBuffer Buffer)> TargetAsync(Writer writer, uint format, uint bits, uint width)
    {
        var buffer = await writer.Screen.Card.CreateDumbAsync(width, writer.Screen.Mode.VDisplay, bits);
        return (await writer.Screen.Card.AddFb2Async(width, writer.Screen.Mode.VDisplay, format, buffer.Handle, buffer.Pitch), buffer);
    }

    private async Task<Writer> WriterAsync()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        await screen.Card.SetClientCapAsync(ClientCapability.Atomic, 1);
        await screen.Card.SetClientCapAsync(ClientCapability.WritebackConnectors, 1);
        using (var mapping = await screen.Card.MapAsync(screen.Buffer.Handle, screen.Buffer.Size))
            for (var i = 0; i < mapping.Span.Length; i++)
                mapping.Span[i] = (byte)(i * 7 / 3);
        var config = screen.Card.View.Snapshot.Config;
        var connector = config.Connectors.Single(c => c.Type == ConnectorType.Writeback);
        PropertyId Named(string name) => connector.Properties.Single(p => p.Property.Name == name).Property.Id;
        return new Writer(screen, connector.Id, Named("WRITEBACK_FB_ID"), Named("WRITEBACK_OUT_FENCE_PTR"), config.Crtcs[0].Primary.Value);
    }

    private sealed record Writer(Screen Screen, ConnectorId Connector, PropertyId Target, PropertyId Fence, uint Primary)
    {
        public ModeAtomic Commit(FramebufferId framebuffer, AtomicFlags flags, ulong fence = 0) => new(
            flags,
            [new AtomicObject(Connector.Value, [new PropertyValue(StandardProperties.CrtcId.Id, Screen.Crtc.Value), new PropertyValue(Target, framebuffer.Value), new PropertyValue(Fence, fence)])]);
    }
}
