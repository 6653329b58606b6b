using System.Runtime.InteropServices;

namespace DrmActors.Messages.Uapi;

/// <summary>PRIME: between GEM handles and the descriptors of dma-bufs.</summary>
internal static class PrimeCodec
{
    /// <summary>Where in its argument the number of the new descriptor goes.</summary>
    public static readonly int DescriptorOffset = (int)Marshal.OffsetOf<drm_prime_handle>(nameof(drm_prime_handle.fd));

    public static readonly ArgumentCodec Export =
        new ArgumentCodec<drm_prime_handle, PrimeHandleToFd, PrimeExported>(
            (in a, _) => new PrimeHandleToFd(new(a.handle), (PrimeFlags)a.flags));

    public static readonly ArgumentCodec Import =
        new ArgumentCodec<drm_prime_handle, PrimeFdToHandle, PrimeImported>(
            (in a, _) => new PrimeFdToHandle(new(a.fd)),
            (ref a, reply, _) =>
            {
                a.handle = reply.Handle.Value;
                return Errno.None;
            });
}
