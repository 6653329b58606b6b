using DrmActors.Messages;

namespace DrmActors.Hosting;

// What only the vgem driver has.
public sealed partial class DrmCard
{
    /// <summary>
    /// DRM_IOCTL_VGEM_FENCE_ATTACH: the buffer is in use until <see cref="SignalFenceAsync"/>, for ten seconds at most, and not longer than this card is open.
    /// Who polls its dma-buf or shows it, on any board, waits.
    /// </summary>
    /// <param name="isWrite">It is written; else it is read, for which only those wait who write.</param>
    /// <returns>The fence's number, of this open of the card.</returns>
    /// <exception cref="DrmException">EINVAL: another driver. ENOENT: an unknown handle. EBUSY: a use that this one would have to wait for.</exception>
    public async Task<uint> AttachFenceAsync(GemHandle handle, bool isWrite, CancellationToken cancellationToken = default) =>
        (await Require(new VgemFenceAttach(handle, isWrite ? VgemFenceAttach.Write : 0), cancellationToken)).Fence;

    /// <summary>DRM_IOCTL_VGEM_FENCE_SIGNAL: the use is over.</summary>
    /// <exception cref="DrmException">EINVAL: another driver. ENOENT: no such fence, or not any more. ETIMEDOUT: its ten seconds were over before.</exception>
    public Task SignalFenceAsync(uint fence, CancellationToken cancellationToken = default) => Require(new VgemFenceSignal(fence), cancellationToken);
}
