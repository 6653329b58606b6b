using Akka.Actor;
using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>A client that makes calls at random, sensible and not, and keeps what it got to make the next ones from.</summary>
internal sealed class RandomClient(DrmCard card, Random random)
{
    // What the kernel may answer to any of these calls. Anything else is a bug.
    private static readonly HashSet<Errno> Expected =
    [
        Errno.None, Errno.EINVAL, Errno.ENOENT, Errno.ENOMEM, Errno.EACCES, Errno.EBUSY, Errno.ENOSPC, Errno.EAGAIN, Errno.ERANGE,
        Errno.EBADF, Errno.ENODEV,
    ];

    private readonly List<GemHandle> _handles = [];
    private readonly List<FramebufferId> _framebuffers = [];
    private readonly List<ulong> _offsets = [];
    private readonly List<DrmMapping> _mappings = [];
    private Screen? _screen;

    public async Task RunAsync(int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            Assert.Contains(await CallAsync(), Expected);
        }
    }

    /// <summary>Goes as clients go: closes, or dies; in the middle of a call or between two; with mappings or without.</summary>
    public async Task EndAsync()
    {
        if (random.Next(2) == 0)
            Unmap();
        var last = random.Next(2) == 0 ? CallAsync() : Task.FromResult(Errno.None);
        if (random.Next(2) == 0)
            card.File.Tell(Kill.Instance, ActorRefs.NoSender);
        else
            await card.DisposeAsync();
        Assert.Contains(await last, Expected);
        Unmap();
        // For the host, which knows the card; a dead one has nothing left to close.
        await card.DisposeAsync();
    }

    private async Task<Errno> CallAsync() => random.Next(20) switch
    {
        0 or 1 or 2 => await CreateAsync(),
        3 => await CloseAsync(),
        4 => (await card.CallAsync(new ModeDestroyDumb(AnyHandle()))).Errno,
        5 => await FindOffsetAsync(),
        6 or 7 => await MapAsync(),
        8 => Unmap(),
        9 or 10 => await AddFbAsync(),
        11 => await RmFbAsync(),
        12 => await LightAsync(),
        13 or 14 => (await card.CallAsync(new ModePageFlip(AnyCrtc(), Any(_framebuffers), (PageFlipFlags)random.Next(2)))).Errno,
        15 => (await card.CallAsync(new WaitVblank((VblankFlags)random.Next(2) | VblankFlags.Event, (uint)random.Next(3)))).Errno,
        16 => (await card.CallAsync(new ReadEvents(random.Next(DrmEvent.Space), NonBlocking: true))).Errno,
        17 => (await card.CallAsync(new ModeSetCrtc(AnyCrtc(), default, 0, 0, [], null))).Errno,
        18 => (await card.CallAsync(new ModeDirtyFb(Any(_framebuffers), DirtyFlags.None, 0, []))).Errno,
        _ => random.Next(2) == 0
            ? (await card.CallAsync(new DropMaster())).Errno
            : (await card.CallAsync(new SetMaster())).Errno,
    };

    private async Task<Errno> CreateAsync()
    {
        uint[] sides = [0, 1, 16, 64, 1024, 1920, 4096, uint.MaxValue];
        var side = sides[random.Next(sides.Length)];
        var reply = await card.CallAsync(new ModeCreateDumb(side, side == 1920 ? 1080 : side, random.Next(4) == 0 ? 16u : 32));
        if (reply.Ok)
            _handles.Add(reply.Value!.Handle);
        return reply.Errno;
    }

    private async Task<Errno> CloseAsync()
    {
        var handle = AnyHandle();
        _handles.Remove(handle);
        return (await card.CallAsync(new GemClose(handle))).Errno;
    }

    private async Task<Errno> FindOffsetAsync()
    {
        var reply = await card.CallAsync(new ModeMapDumb(AnyHandle()));
        if (reply.Ok)
            _offsets.Add(reply.Value!.Offset);
        return reply.Errno;
    }

    private async Task<Errno> MapAsync()
    {
        try
        {
            var length = (ulong)random.Next(1, 3) * 4096;
            var mapping = random.Next(2) == 0 ? await card.MapAsync(AnyHandle(), length) : await card.MmapAsync(Any(_offsets), length);
            mapping.Span.Fill((byte)random.Next());
            _mappings.Add(mapping);
            return Errno.None;
        }
        catch (DrmException e)
        {
            return e.Errno;
        }
    }

    private Errno Unmap()
    {
        foreach (var mapping in _mappings)
            mapping.Dispose();
        _mappings.Clear();
        return Errno.None;
    }

    private async Task<Errno> AddFbAsync()
    {
        uint[] formats = [Fourcc.Xrgb8888, Fourcc.Argb8888, Fourcc.Rgb565, 0];
        var (width, height) = random.Next(2) == 0 ? (64u, 64u) : (1920u, 1080u);
        var plane = new FramebufferPlane(AnyHandle(), width * 4, 0);
        var reply = await card.CallAsync(
            new ModeAddFb2(width, height, formats[random.Next(formats.Length)], FramebufferFlags.None, [plane, default, default, default]));
        if (reply.Ok)
            _framebuffers.Add(reply.Value!.Id);
        return reply.Errno;
    }

    private async Task<Errno> RmFbAsync()
    {
        var framebuffer = Any(_framebuffers);
        _framebuffers.Remove(framebuffer);
        return (await card.CallAsync(new ModeRmFb(framebuffer))).Errno;
    }

    private async Task<Errno> LightAsync()
    {
        try
        {
            _screen = await Screen.LightAsync(card);
            _handles.Add(_screen.Buffer.Handle);
            _framebuffers.Add(_screen.Framebuffer);
            return Errno.None;
        }
        catch (DrmException e)
        {
            return e.Errno;
        }
    }

    // One's own, or one that is nobody's, and now and then 0.
    private GemHandle AnyHandle() => random.Next(8) == 0 ? new GemHandle((uint)random.Next(10)) : Any(_handles);

    private CrtcId AnyCrtc() => _screen is { } screen && random.Next(8) > 0 ? screen.Crtc : new CrtcId((uint)random.Next(10));

    private T Any<T>(List<T> list) => list.Count > 0 ? list[random.Next(list.Count)] : default!;
}
