using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Prime;
using DrmActors.Actors.Protocol;
using DrmActors.Hosting;
using DrmActors.Messages;
using DrmActors.Simulation.Invariants;

namespace DrmActors.Simulation.Workloads;

/// <summary>A descriptor of a dma-buf, a sync file, a syncobj or an event counter.</summary>
/// <param name="Layout">How the buffer lies in a dma-buf; null for what is none.</param>
internal sealed record HeldDescriptor(Descriptor Descriptor, HeldBuffer? Layout = null);

/// <summary>A mapping of a dma-buf, without a card.</summary>
internal sealed record HeldView(DmaBuf Buffer, DrmMapping Mapping);

// What a client holds beside its card: descriptors, which outlive it.
internal sealed partial class WorkloadClient
{
    public Slots<HeldDescriptor> Descriptors { get; } = new();

    public Slots<HeldView> Views { get; } = new();

    /// <summary>A descriptor that was told, of a kind; now and then, or where there is none, of whatever it is. Null where none was told.</summary>
    public HeldDescriptor? Told<T>(int slot)
        where T : Description
    {
        const int AnyIsOneIn = 8;
        return (slot % AnyIsOneIn == 0 ? null : Board.Descriptors.At(slot, d => Host.Descriptors.Find(d.Descriptor) is T)) ?? Board.Descriptors.At(slot / AnyIsOneIn);
    }

    /// <summary>A descriptor of this client's, which everybody may try.</summary>
    public void Tell(HeldDescriptor held)
    {
        Descriptors.Add(held);
        Board.Descriptors.Add(held);
    }

    /// <summary>ioctl(2) on a descriptor, whoever's and of whatever it is.</summary>
    public async Task<Reply<T>> CallAsync<T>(HeldDescriptor on, IIoctl<T> call)
        where T : class
    {
        var observed = watch.Begin(Index, _errnos.Count, _file, call);
        var reply = await Host.CallAsync(on.Descriptor, call);
        watch.End(observed, reply.Errno, reply.Value);
        return reply;
    }

    /// <summary>poll(2) of a sync file. ETIME where the time is over before.</summary>
    public async Task<Errno> WaitAsync(HeldDescriptor on, TimeSpan timeout)
    {
        var until = Host.Clock.Now + (timeout.Ticks * TimeSpan.NanosecondsPerTick);
        var observed = watch.Begin(Index, _errnos.Count, _file, new WaitForSync(on.Descriptor, 0, until));
        Errno errno;
        try
        {
            errno = await Host.WaitAsync(on.Descriptor, timeout) ? Errno.None : Errno.ETIME;
        }
        catch (DrmException refused)
        {
            errno = refused.Errno;
        }

        watch.End(observed, errno, null);
        return errno;
    }

    /// <summary>The descriptors that a call has made are this client's from now on, and everybody is told of them.</summary>
    public Errno Keep<T>(Reply<T> reply)
        where T : class, IMakesDescriptors
    {
        foreach (var made in reply.Value?.Made ?? [])
            Tell(new HeldDescriptor(made.Descriptor));
        return reply.Errno;
    }

    public Errno Close(HeldDescriptor held)
    {
        Descriptors.Remove(held);
        var observed = watch.Begin(Index, _errnos.Count, _file, new CloseDescriptor(held.Descriptor));
        var errno = Host.Descriptors.Close(held.Descriptor);
        watch.End(observed, errno, null);
        return errno;
    }

    /// <summary>PRIME_FD_TO_HANDLE. A buffer that is known here already stays what it is.</summary>
    /// <param name="layout">Of what the descriptor is thought to be of; null for a narrow picture of all of it.</param>
    public async Task<Reply<HeldBuffer>> ImportAsync(Descriptor descriptor, HeldBuffer? layout = null)
    {
        const uint Width = 16;
        const uint Bpp = 32;
        const uint Pitch = Width * Bpp / 8;
        // As lseek(2) would tell; a page, as every buffer has, where the descriptor was another's by then.
        const int Page = 4096;
        var size = (ulong)((Host.Descriptors.Find(descriptor) as DmaBuf)?.Size ?? Page);
        var reply = await CallAsync(new PrimeFdToHandle(descriptor));
        if (reply is not { Ok: true, Value: { Handle: var handle } })
            return Reply<HeldBuffer>.Failed(reply.Errno);
        if (Buffers.At(0, b => b.Handle == handle) is { } known)
            return Reply<HeldBuffer>.Success(known);
        var made = layout?.Size == size
            ? new HeldBuffer(handle, layout.Width, layout.Height, layout.Bpp, layout.Pitch, size)
            : new HeldBuffer(handle, Width, (uint)size / Pitch, Bpp, Pitch, size);
        made.IsShared = true;
        Buffers.Add(made);
        return Reply<HeldBuffer>.Success(made);
    }

    /// <summary>mmap(2) of a dma-buf, for writing where that may be, and <see cref="Touch(HeldView)"/>.</summary>
    public Errno Map(HeldDescriptor told)
    {
        var observed = watch.Begin(Index, _errnos.Count, _file, new MmapDescriptor(told.Descriptor, 0, told.Layout?.Size ?? 0, Writes: true));
        var errno = DmaBuf.Find(Host.Descriptors, told.Descriptor, out var buffer);
        if (errno == Errno.None)
        {
            // The mapping holds it from here on.
            var view = new HeldView(buffer!, ViewOf(buffer!));
            watch.BeginView(buffer!);
            Views.Add(view);
            Touch(view);
        }

        watch.End(observed, errno, null);
        return errno;
    }

    private DrmMapping ViewOf(DmaBuf buffer)
    {
        try
        {
            return DrmMapping.Of(buffer, Host.Memory, 0, (int)buffer.Size, buffer.IsWritable);
        }
        catch (ArgumentException gone)
        {
            throw new InvariantException(new SharedMemoryStays(), Index, _errnos.Count, $"{buffer} was mapped, and its memory is gone: {gone.Message}");
        }
    }

    /// <summary>Looks at the beginning of a dma-buf, and writes there who was here, where that may be.</summary>
    public void Touch(HeldView view)
    {
        var block = view.Buffer.Exporter.Block;
        lock (_touching)
        {
            Look((block.Offset, block.Stamp), view.Mapping.ReadOnlySpan);
            if (view.Mapping.IsWritable)
                BitConverter.TryWriteBytes(view.Mapping.Span, Mark((block.Offset, block.Stamp)));
        }
    }

    public void Unmap(HeldView view)
    {
        Views.Remove(view);
        view.Mapping.Dispose();
        watch.EndView(view.Buffer);
    }
}
