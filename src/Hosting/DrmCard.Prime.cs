using DrmActors.Messages;

namespace DrmActors.Hosting;

// Buffers that travel: between cards, and between files of a card.
public sealed partial class DrmCard
{
    /// <summary>
    /// PRIME_HANDLE_TO_FD: a descriptor of the buffer's dma-buf, to be closed by <see cref="DrmHost.Close"/>. All exports of a buffer are of one dma-buf,
    /// with the access mode that the first of them asked for.
    /// </summary>
    /// <exception cref="DrmException">ENOENT: an unknown handle. EINVAL: unknown flags. ENOSYS: the driver has no PRIME.</exception>
    public async Task<Descriptor> PrimeHandleToFdAsync(
        GemHandle handle, PrimeFlags flags = PrimeFlags.ReadWrite | PrimeFlags.CloseOnExec, CancellationToken cancellationToken = default) =>
        (await Make(new PrimeHandleToFd(handle, flags), cancellationToken)).Descriptor;

    /// <summary>PRIME_FD_TO_HANDLE: a handle of a dma-buf's memory; the one that this file has of it already, if it has one.</summary>
    /// <exception cref="DrmException">
    /// EBADF: it is not open. EINVAL: it is of no dma-buf, or of one that this card cannot take. ENODEV: its exporter is gone. ENOSYS: the driver has no PRIME.
    /// </exception>
    public async Task<GemHandle> PrimeFdToHandleAsync(Descriptor descriptor, CancellationToken cancellationToken = default) =>
        (await Make(new PrimeFdToHandle(descriptor), cancellationToken)).Handle;
}
