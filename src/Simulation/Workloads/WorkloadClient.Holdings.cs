using DrmActors.Hosting;
using DrmActors.Messages;
using DrmActors.Simulation.Invariants;

namespace DrmActors.Simulation.Workloads;

// What a client holds: handles, mappings, framebuffers, blobs, and events that it has asked for.
internal sealed partial class WorkloadClient
{
    // Calls of one client at the same time may map the same memory: each is to see what the others have said that they write.
    private readonly Lock _touching = new();
    private int _eventsDue;
    private ulong _lastEvent;

    public Slots<HeldBuffer> Buffers { get; } = new();

    public Slots<HeldMapping> Mappings { get; } = new();

    public Slots<HeldFramebuffer> Framebuffers { get; } = new();

    public Slots<HeldNumber> Blobs { get; } = new();

    public Slots<HeldNumber> Syncobjs { get; } = new();

    /// <summary>The latest that were attached to buffers.</summary>
    public Slots<HeldNumber> Fences { get; } = new(most: 4);

    /// <summary>Several calls are under way, so that a handle may be another buffer's by the time it is used.</summary>
    public bool IsConcurrent { get; set; }

    /// <summary>The CRTC that this client lit last, perhaps dark by now, and what with; null for none yet.</summary>
    public (CrtcId Crtc, HeldFramebuffer Shown)? Lit { get; private set; }

    /// <summary>A vblank count that this client has seen, for absolute targets.</summary>
    public uint LastSequence { get; set; }

    /// <summary>A call that asks for an event. Its user data is the run's own, so that an event is known to be the answer to one call.</summary>
    public async Task<Reply<T>> RequestEventAsync<T>(Func<ulong, IIoctl<T>> call)
        where T : class
    {
        const int ClientShift = 32;
        var reply = await CallAsync(call((((ulong)Index + 1) << ClientShift) | Interlocked.Increment(ref _lastEvent)));
        if (reply.Ok)
            _eventsDue++;
        return reply;
    }

    /// <summary>read(2); it waits only where an event has to come.</summary>
    public async Task<Errno> ReadEventsAsync()
    {
        var reply = await CallAsync(new ReadEvents(DrmEvent.Space, NonBlocking: _eventsDue == 0));
        // An atomic commit brings one for each of its CRTCs, and one is counted.
        _eventsDue = Math.Max(0, _eventsDue - (reply.Value?.Events.Length ?? 0));
        return reply.Errno;
    }

    public async Task<Reply<HeldBuffer>> CreateDumbAsync(uint width, uint height, uint bpp)
    {
        var reply = await CallAsync(new ModeCreateDumb(width, height, bpp));
        if (reply is not { Ok: true, Value: { } made })
            return Reply<HeldBuffer>.Failed(reply.Errno);
        // An import that was answered after its handle had been closed beside it.
        while (Buffers.At(0, b => b.Handle == made.Handle) is { } stale)
            Buffers.Remove(stale);
        var buffer = new HeldBuffer(made.Handle, width, height, bpp, made.Pitch, made.Size) { IsShared = IsConcurrent };
        Buffers.Add(buffer);
        return Reply<HeldBuffer>.Success(buffer);
    }

    public async Task<Errno> SetCrtcAsync(CrtcId crtc, ConnectorId connector, HeldFramebuffer framebuffer, ModeInfo mode)
    {
        var errno = await ErrnoAsync(new ModeSetCrtc(crtc, framebuffer.Id, 0, 0, [connector], mode));
        if (errno == Errno.None)
            Lit = (crtc, framebuffer);
        return errno;
    }

    public void NoteLit(CrtcId crtc, HeldFramebuffer framebuffer) => Lit = (crtc, framebuffer);

    /// <summary>Gives a handle back; it is known here until that has worked.</summary>
    public async Task<Errno> CloseHandleAsync(HeldBuffer buffer, IIoctl<Done> call)
    {
        var errno = await ErrnoAsync(call);
        if (errno == Errno.None)
            Buffers.Remove(buffer);
        return errno;
    }

    /// <summary>MAP_DUMB, mmap(2), and <see cref="Touch"/>.</summary>
    /// <param name="extra">Bytes more than the buffer has.</param>
    public async Task<Errno> MapAsync(HeldBuffer buffer, ulong extra)
    {
        buffer.IsShared |= IsConcurrent;
        var at = await CallAsync(new ModeMapDumb(buffer.Handle));
        return at.Ok ? await MapAsync(buffer, at.Value!.Offset, extra) : at.Errno;
    }

    /// <summary>mmap(2) at an offset, and <see cref="Touch"/>.</summary>
    /// <param name="extra">Bytes more than the buffer has.</param>
    public async Task<Errno> MapAsync(HeldBuffer buffer, ulong offset, ulong extra)
    {
        if (Card is not { } card)
            return Errno.EBADF;
        var file = _file;
        var reply = await CallAsync(new Mmap(offset, buffer.Size + extra));
        if (reply is not { Ok: true, Value: { } region })
            return reply.Errno;
        HeldMapping mapping;
        try
        {
            mapping = new HeldMapping(file, buffer, offset, region, DrmMapping.Of(Host.Memory, region, buffer.Size, card.File));
        }
        catch (ArgumentException) when (IsConcurrent || card.View.IsGone || watch.DeviceOf(card.View.Device).IsLossy)
        {
            // Taken away by a crash or a death while the answer was under way.
            await CallAsync(new Munmap(region.MappingId));
            return Errno.ENODEV;
        }
        catch (ArgumentException gone)
        {
            throw new InvariantException(new HandlesStayWithTheirObjects(), Index, _errnos.Count, $"{buffer.Handle} was mapped, and nobody holds it: {gone.Message}");
        }

        Mappings.Add(mapping);
        Touch(mapping);
        return Errno.None;
    }

    /// <summary>Whether an offset that was mapped is still that of the same memory on the open card: not on another device, nor where the file was killed.</summary>
    public bool IsStillAt(HeldMapping held) => Card is not null && FileNumber.DeviceOf(held.File) == FileNumber.DeviceOf(_file) && !_killed.Contains(held.File);

    /// <summary>Looks at the ends of a buffer, and writes there who was here.</summary>
    public void Touch(HeldMapping held)
    {
        // Of a framebuffer of a few pixels, GETFB tells no more than that, and the ends are to be apart.
        if (held.Mapping.Length < 2 * sizeof(ulong))
            return;
        lock (_touching)
        {
            Look(held);
            var mine = Mark((held.Region.ArenaOffset, held.Region.Stamp));
            var span = held.Mapping.Span;
            BitConverter.TryWriteBytes(span, mine);
            BitConverter.TryWriteBytes(span[^sizeof(ulong)..], mine);
            held.Buffer.Written = mine;
        }
    }

    public void Unmap(HeldMapping held)
    {
        Mappings.Remove(held);
        var observed = watch.Begin(Index, _errnos.Count, held.File, new Munmap(held.Region.MappingId));
        held.Mapping.Dispose();
        watch.End(observed, Errno.None, null);
        watch.Look(new ObservedLook(Index, _errnos.Count, held.Buffer.Handle, 0, 0, 0, IsReadable(held.Mapping)));
    }

    private void Look(HeldMapping held)
    {
        var span = held.Mapping.Span;
        // Where objects were lost in a crash, an offset may be another's by the time it is mapped.
        if (held.Buffer.IsShared || watch.HasLost(held.File))
            Look((held.Region.ArenaOffset, held.Region.Stamp), span);
        else
            watch.Look(new ObservedLook(
                Index, _errnos.Count, held.Buffer.Handle, held.Buffer.Written, BitConverter.ToUInt64(span), BitConverter.ToUInt64(span[^sizeof(ulong)..])));
    }

    // What others may write too.
    private void Look((long Offset, uint Stamp) memory, ReadOnlySpan<byte> span) =>
        watch.Look(new ObservedGlance(Index, _errnos.Count, memory, BitConverter.ToUInt64(span)));

    // Told before it is written, so that nobody finds it who has not been told.
    private ulong Mark((long Offset, uint Stamp) memory)
    {
        const int ClientShift = 48;
        var mine = (((ulong)Index + 1) << ClientShift) | Interlocked.Increment(ref _lastEvent);
        watch.Mark(Index, memory, mine);
        return mine;
    }

    private static bool IsReadable(DrmMapping mapping)
    {
        try
        {
            return mapping.Span.Length > 0;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }
}
