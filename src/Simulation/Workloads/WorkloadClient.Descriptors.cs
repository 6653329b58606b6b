using DrmActors.Actors.Prime;
using DrmActors.Messages;

namespace DrmActors.Simulation.Workloads;

/// <summary>A descriptor of a dma-buf, a sync file, a syncobj or an event counter.</summary>
internal sealed record HeldDescriptor(Descriptor Descriptor);

// What a client holds beside its card: descriptors, which outlive it.
internal sealed partial class WorkloadClient
{
    public Slots<HeldDescriptor> Descriptors { get; } = new();

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
    public async Task<Errno> ImportAsync(Descriptor descriptor)
    {
        const uint Width = 16;
        const uint Bpp = 32;
        const uint Pitch = Width * Bpp / 8;
        // As lseek(2) would tell; a page, as every buffer has, where the descriptor was another's by then.
        const int Page = 4096;
        var size = (ulong)((Host.Descriptors.Find(descriptor) as DmaBuf)?.Size ?? Page);
        var reply = await CallAsync(new PrimeFdToHandle(descriptor));
        if (reply is not { Ok: true, Value: { Handle: var handle } } || Buffers.At(0, b => b.Handle == handle) is not null)
            return reply.Errno;
        Buffers.Add(new HeldBuffer(handle, Width, (uint)size / Pitch, Bpp, Pitch, size) { IsShared = true });
        return Errno.None;
    }
}
