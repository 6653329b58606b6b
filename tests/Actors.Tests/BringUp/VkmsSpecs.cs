using System.Runtime.InteropServices;
using Akka.Actor;
using Akka.TestKit.Xunit2;
using DrmActors.Actors.BringUp;
using DrmActors.Actors.Device;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Scanout;
using DrmActors.Hardware.Time;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.BringUp;

/// <summary>
/// config/boards/vkms.conf with all its real parts, held against what modetest, drm_info and an own program saw of Linux 6.1's virtual driver:
/// object ids, properties, modes, capabilities and error numbers.
/// </summary>
public sealed class VkmsSpecs : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly CrtcId Crtc = new(51);
    private static readonly ConnectorId Virtual = new(52);
    private static readonly ConnectorId Writeback = new(59);

    private readonly Arena _arena = new(new ArenaOptions { Capacity = 128 << 20 });
    private readonly VirtualClock _clock = new(start: 1_000_000_000);
    private readonly IActorRef _supervisor;
    private TaskCompletionSource _armed = NewSignal();
    private IActorRef _file = ActorRefs.Nobody;

    public VkmsSpecs()
        : base("akka.loglevel = ERROR")
    {
        _clock.Armed = () => Interlocked.Exchange(ref _armed, NewSignal()).SetResult();
        _supervisor = DrmSupervisor.Start(Sys, new SupervisorSetup(_arena, _clock, DriverList.DriverOf, DrmDevice.Props));
    }

    [Fact]
    public async Task Objects_should_have_the_kernels_ids()
    {
        await BootAsync();
        await DoAsync(new SetClientCap(ClientCapability.UniversalPlanes, 1));

        var resources = await DoAsync(new ModeGetResources());
        Assert.Equal([Crtc], resources.Crtcs.ToArray());
        Assert.Equal([Virtual], resources.Connectors.ToArray());
        Assert.Equal([new EncoderId(53), new EncoderId(54)], resources.Encoders.ToArray());
        Assert.Equal((20u, 8192u, 20u, 8192u), (resources.MinWidth, resources.MaxWidth, resources.MinHeight, resources.MaxHeight));
        var planes = (await DoAsync(new ModeGetPlaneResources())).Planes;
        Assert.Equal([31u, 33, 35, 37, 39, 41, 43, 45, 47, 49], planes.Select(p => p.Value));
        var encoder = await DoAsync(new ModeGetEncoder(new(54)));
        Assert.Equal((EncoderType.Virtual, 1u, 2u), (encoder.Type, encoder.PossibleCrtcs, encoder.PossibleClones));
        foreach (var plane in planes)
            Assert.Equal(plane.Value + 1, await ValueAsync(plane.Value, "IN_FORMATS"));
        Assert.Equal([1ul, 0, 0, 0, 0, 0, 0, 0, 0, 2], await Task.WhenAll(planes.Select(p => ValueAsync(p.Value, "type"))));
        await ShutdownAsync();
    }

    [Fact]
    public async Task Connector_should_list_every_standard_mode_once_somebody_looks()
    {
        await BootAsync();

        var before = await DoAsync(new ModeGetConnector(Virtual, Probe: false));
        Assert.Equal((ConnectorStatus.Unknown, 0), (before.Status, before.Modes.Length));
        var connector = await DoAsync(new ModeGetConnector(Virtual));
        Assert.Equal((ConnectorStatus.Connected, ConnectorType.Virtual, 1u), (connector.Status, connector.Type, connector.TypeId));
        Assert.Equal(34, connector.Modes.Length);
        Assert.Equal(("1024x768", ModeTypes.Driver | ModeTypes.Preferred), (connector.Modes[0].Name, connector.Modes[0].Type));
        Assert.Equal(("4096x2160", ModeTypes.Driver), (connector.Modes[1].Name, connector.Modes[1].Type));
        Assert.Equal("640x480", connector.Modes[^1].Name);
        Assert.Equal([new EncoderId(53)], connector.Encoders.ToArray());
        // DPMS, link-status, non-desktop, TILE: a virtual connector has no EDID.
        Assert.Equal([2u, 5, 6, 4], connector.Properties.Select(p => p.Property.Value));
        await ShutdownAsync();
    }

    [Fact]
    public async Task Writeback_connector_should_show_to_who_knows_such_connectors()
    {
        await BootAsync();
        await DoAsync(new SetClientCap(ClientCapability.Atomic, 1));
        await DoAsync(new SetClientCap(ClientCapability.WritebackConnectors, 1));

        Assert.Equal([Virtual, Writeback], (await DoAsync(new ModeGetResources())).Connectors.ToArray());
        var connector = await DoAsync(new ModeGetConnector(Writeback));
        Assert.Equal((ConnectorStatus.Unknown, ConnectorType.Writeback, 0), (connector.Status, connector.Type, connector.Modes.Length));
        Assert.Equal([2u, 5, 6, 4, 20, 57, 55, 56], connector.Properties.Select(p => p.Property.Value));
        Assert.Equal("WRITEBACK_OUT_FENCE_PTR", (await DoAsync(new ModeGetProperty(new(57)))).Name);
        Assert.Equal(58ul, await ValueAsync(Writeback.Value, "WRITEBACK_PIXEL_FORMATS"));
        Assert.Equal("XR24XR48AR48RG16"u8.ToArray(), (await DoAsync(new ModeGetPropBlob(new(58)))).Data.ToArray());
        await ShutdownAsync();
    }

    [Theory]
    [InlineData(Capability.DumbBuffer, 1)]
    [InlineData(Capability.VblankHighCrtc, 1)]
    [InlineData(Capability.DumbPreferredDepth, 0)]
    [InlineData(Capability.Prime, 3)]
    [InlineData(Capability.TimestampMonotonic, 1)]
    [InlineData(Capability.AsyncPageFlip, 0)]
    [InlineData(Capability.CursorWidth, 512)]
    [InlineData(Capability.CursorHeight, 512)]
    [InlineData(Capability.Addfb2Modifiers, 1)]
    [InlineData(Capability.CrtcInVblankEvent, 1)]
    [InlineData(Capability.Syncobj, 0)]
    public async Task Capabilities_should_be_the_kernels(Capability capability, ulong expected)
    {
        await BootAsync();
        Assert.Equal(expected, (await DoAsync(new GetCap(capability))).Value);
        await ShutdownAsync();
    }

    [Theory]
    [InlineData("XR24", 256, 256, 0ul, Errno.None)]
    [InlineData("XR24", 1, 1, 0ul, Errno.EINVAL)]
    [InlineData("XR24", 20, 20, 0ul, Errno.None)]
    [InlineData("XR24", 8193, 1, 0ul, Errno.EINVAL)]
    [InlineData("XR24", 256, 257, 0ul, Errno.EINVAL)]
    [InlineData("C8", 256, 256, 0ul, Errno.None)] // no plane scans it, and it is a framebuffer all the same
    [InlineData("XR30", 256, 256, 0ul, Errno.None)]
    [InlineData("XR48", 128, 256, 0ul, Errno.None)]
    [InlineData("NV12", 256, 128, 0ul, Errno.EINVAL)]
    [InlineData("XR24", 256, 256, 0xdeadbeeful, Errno.None)]
    public async Task Framebuffers_should_be_taken_as_the_kernel_takes_them(string format, uint width, uint height, ulong modifier, Errno expected)
    {
        await BootAsync();
        var dumb = await DoAsync(new ModeCreateDumb(256, 256, 32));
        Assert.Equal(1024u, dumb.Pitch);
        var plane = new FramebufferPlane(dumb.Handle, dumb.Pitch, 0, modifier);
        var flags = modifier == 0 ? FramebufferFlags.None : FramebufferFlags.Modifiers;
        var call = new ModeAddFb2(width, height, FormatTable.Fourcc(format), flags, [plane, default, default, default]);
        Assert.Equal(expected, (await CallAsync(call)).Errno);
        await ShutdownAsync();
    }

    [Fact]
    public async Task A_picture_should_be_lit_flipped_put_to_sleep_and_woken()
    {
        await BootAsync();
        var mode = (await DoAsync(new ModeGetConnector(Virtual))).Modes[0];
        var (first, second) = (await AddFramebufferAsync("XR24", 0), await AddFramebufferAsync("XR24", 0));
        var (tiled, argb) = (await AddFramebufferAsync("XR24", 0xdeadbeef), await AddFramebufferAsync("AR24", 0));
        async Task Refused(Errno expected, IIoctl<Done> call) => Assert.Equal(expected, (await CallAsync(call)).Errno);

        await Refused(Errno.EBUSY, new ModePageFlip(Crtc, first, PageFlipFlags.Event));
        await Refused(Errno.EINVAL, new ModeSetCrtc(Crtc, argb, 0, 0, [Virtual], mode));
        await Refused(Errno.EINVAL, new ModeSetCrtc(Crtc, tiled, 0, 0, [Virtual], mode));
        await DoAsync(new ModeSetCrtc(Crtc, first, 0, 0, [Virtual, Virtual], mode));
        await Refused(Errno.EINVAL, new ModePageFlip(Crtc, second, PageFlipFlags.Async));
        await Refused(Errno.EINVAL, new ModePageFlip(Crtc, argb, PageFlipFlags.Event));
        await Refused(Errno.EINVAL, new ModePageFlip(Crtc, tiled, PageFlipFlags.Event));
        await DoAsync(new ModePageFlip(Crtc, second, PageFlipFlags.Event));
        Assert.Single((await DoAsync(new ReadEvents(1024, NonBlocking: false))).Events);
        await DoAsync(new ModeSetProperty(Virtual, new(2), 9));
        await Refused(Errno.EINVAL, new ModePageFlip(Crtc, second, PageFlipFlags.None));
        await DoAsync(new ModeSetProperty(Virtual, new(2), 0));
        await DoAsync(new ModePageFlip(Crtc, first, PageFlipFlags.None));
        await ShutdownAsync();
    }

    [Fact]
    public async Task Cursor_and_overlay_should_be_seen_over_the_picture_and_give_their_memory_back()
    {
        await BootAsync();
        var mode = (await DoAsync(new ModeGetConnector(Virtual))).Modes[0];
        await DoAsync(new ModeSetCrtc(Crtc, await AddFramebufferAsync("XR24", 0), 0, 0, [Virtual], mode));
        var overlay = await DoAsync(new ModeCreateDumb(32, 32, 32));
        await FillAsync(overlay, 0xff0000ff);
        var plane = new FramebufferPlane(overlay.Handle, overlay.Pitch, 0);
        var green = await DoAsync(new ModeAddFb2(32, 32, Fourcc.Xrgb8888, FramebufferFlags.None, [plane, default, default, default]));
        var cursor = await DoAsync(new ModeCreateDumb(64, 64, 32));
        await FillAsync(cursor, 0x80800000);

        await DoAsync(new ModeSetPlane(new(33), Crtc, green.Id, 100, 50, 32, 32, 0, 0, 32 << 16, 32 << 16));
        await DoAsync(new ModeCursor(CursorFlags.Bo, Crtc, 0, 0, 64, 64, cursor.Handle));
        Assert.Equal((0xff800000, 0xff0000ff, 0xff000000), await PixelsAsync());
        await DoAsync(new ModeCursor(CursorFlags.Move, Crtc, 90, 40, 0, 0, default));
        Assert.Equal((0xff000000, 0xff80007f, 0xff000000), await PixelsAsync());
        // Shown from memory that has no handle any more.
        await DoAsync(new GemClose(cursor.Handle));
        await DoAsync(new ModeCursor(CursorFlags.Move, Crtc, -60, -60, 0, 0, default));
        Assert.Equal((0xff800000, 0xff0000ff, 0xff000000), await PixelsAsync());
        await DoAsync(new ModeCursor(CursorFlags.Bo, Crtc, 0, 0, 0, 0, default));
        await DoAsync(new ModeSetPlane(new(33), default, default, 0, 0, 0, 0, 0, 0, 0, 0));
        Assert.Equal((0xff000000, 0xff000000, 0xff000000), await PixelsAsync());
        await DoAsync(new CloseFile());
        await ShutdownAsync();
    }

    [Fact]
    public async Task Cursor_calls_should_answer_as_the_kernel()
    {
        await BootAsync();
        var buffer = (await DoAsync(new ModeCreateDumb(64, 64, 32))).Handle;
        async Task<Errno> Cursor(CursorFlags flags, uint crtc, uint size, GemHandle handle) =>
            (await CallAsync(new ModeCursor2(flags, new(crtc), 0, 0, size, size, handle, HotX: 3, HotY: 4))).Errno;

        Assert.Equal(Errno.None, await Cursor(CursorFlags.Bo, Crtc.Value, 64, buffer));
        Assert.Equal(Errno.EINVAL, await Cursor(CursorFlags.None, Crtc.Value, 64, buffer));
        Assert.Equal(Errno.EINVAL, await Cursor((CursorFlags)8, Crtc.Value, 64, buffer));
        Assert.Equal(Errno.ENOENT, await Cursor(CursorFlags.Bo, Crtc.Value, 64, new(808)));
        Assert.Equal(Errno.EINVAL, await Cursor(CursorFlags.Bo, Crtc.Value, 65, buffer));
        Assert.Equal(Errno.ENOENT, await Cursor(CursorFlags.Bo, 5555, 64, buffer));
        Assert.Equal(Errno.None, await Cursor(CursorFlags.Bo, Crtc.Value, 0, default));
        await ShutdownAsync();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        var left = _arena.Close();
        Assert.True(left.IsClean, left.ToString());
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task BootAsync()
    {
        Assert.Equal(new BoardBooted(0, Errno.None, ""), await AskAsync<BoardBooted>(_supervisor, new BootBoard(BoardLoader.Load("vkms"), null)));
        _file = (await AskAsync<Reply<CardOpened>>(_supervisor, new OpenCard(0, new Credentials(1, 0)))).Value!.File;
    }

    private Task<BoardsDown> ShutdownAsync() => AskAsync<BoardsDown>(_supervisor, ShutdownBoards.Instance);

    private Task<Reply<T>> CallAsync<T>(IIoctl<T> call)
        where T : class => AskAsync<Reply<T>>(_file, call);

    private async Task<T> DoAsync<T>(IIoctl<T> call)
        where T : class
    {
        var reply = await CallAsync(call);
        Assert.Equal(Errno.None, reply.Errno);
        return reply.Value!;
    }

    // Time runs while a call waits for it, and stands still otherwise.
    private async Task<T> AskAsync<T>(IActorRef actor, object message)
    {
        var call = actor.Ask<T>(message, Patience);
        while (!call.IsCompleted)
        {
            var armed = Volatile.Read(ref _armed).Task;
            if (!_clock.AdvanceToNext())
                await Task.WhenAny(call, armed);
        }

        return await call;
    }

    private async Task<FramebufferId> AddFramebufferAsync(string format, ulong modifier)
    {
        var dumb = await DoAsync(new ModeCreateDumb(1024, 768, 32));
        var plane = new FramebufferPlane(dumb.Handle, dumb.Pitch, 0, modifier);
        return (await DoAsync(new ModeAddFb2(1024, 768, FormatTable.Fourcc(format), FramebufferFlags.Modifiers, [plane, default, default, default]))).Id;
    }

    private async Task FillAsync(DumbBuffer buffer, uint pixel)
    {
        var offset = (await DoAsync(new ModeMapDumb(buffer.Handle))).Offset;
        var region = await DoAsync(new Mmap(offset, buffer.Size));
        MemoryMarshal.Cast<byte, uint>(_arena.Span(new ArenaBlock(region.ArenaOffset, region.Length, region.Stamp))).Fill(pixel);
        await DoAsync(new Munmap(region.MappingId));
    }

    // Of the screen: at its corner, within the overlay, and in between.
    private async Task<(uint Corner, uint Overlay, uint Between)> PixelsAsync()
    {
        Assert.Equal(Errno.None, _arena.TryAllocate(1024 * 768 * 4, ArenaBacking.Shared, out var block));
        Assert.Equal(Errno.None, (await AskAsync<Reply<CapturedFrame>>(_supervisor, new CaptureFrame(0, Crtc, block))).Errno);
        var pixels = MemoryMarshal.Cast<byte, uint>(_arena.Span(block));
        var seen = (pixels[0], pixels[(60 * 1024) + 110], pixels[(30 * 1024) + 80]);
        _arena.Free(block);
        return seen;
    }

    private async Task<ulong> ValueAsync(uint id, string name)
    {
        foreach (var (property, value) in (await DoAsync(new ModeObjGetProperties(id, ObjectType.Any))).Properties)
            if ((await DoAsync(new ModeGetProperty(property))).Name == name)
                return value;
        throw new KeyNotFoundException(name);
    }
}
