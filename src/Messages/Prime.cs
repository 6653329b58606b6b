using System.Collections.Immutable;

namespace DrmActors.Messages;

/// <summary>How a dma-buf's descriptor is made. drm.h.</summary>
[Flags]
public enum PrimeFlags : uint
{
    None = 0,

    /// <summary>DRM_RDWR: mappings of it may write.</summary>
    ReadWrite = 0x2,

    /// <summary>DRM_CLOEXEC</summary>
    CloseOnExec = 0x80000,
}

/// <summary>
/// DRM_IOCTL_PRIME_HANDLE_TO_FD: a descriptor of the object's dma-buf, which is the same for all of its exports; its access mode is what the first of
/// them asked for. EINVAL for unknown flags, ENOENT for an unknown handle, ENOSYS where the driver has no PRIME. drm.h.
/// </summary>
public sealed record PrimeHandleToFd(GemHandle Handle, PrimeFlags Flags) : IIoctl<PrimeExported>
{
    /// <summary>The answer, with what it was to make.</summary>
    public Reply<PrimeExported> Answer(Descriptor made) =>
        Reply<PrimeExported>.Success(new PrimeExported(made, Flags.HasFlag(PrimeFlags.CloseOnExec)));
}

public sealed record PrimeExported(Descriptor Descriptor, bool CloseOnExec = true) : IMakesDescriptors
{
    ImmutableArray<MadeDescriptor> IMakesDescriptors.Made => [new(Descriptor, CloseOnExec)];
}

/// <summary>
/// DRM_IOCTL_PRIME_FD_TO_HANDLE: a handle of what a dma-buf was made of; the same as long as the file has it. EBADF for a descriptor that is not open,
/// EINVAL for one of no dma-buf, or of one that this device cannot take, ENODEV where its exporter is gone, ENOSYS where the driver has no PRIME. drm.h.
/// </summary>
public sealed record PrimeFdToHandle(Descriptor Descriptor) : IIoctl<PrimeImported>, ITakesDescriptors
{
    ImmutableArray<Descriptor> ITakesDescriptors.Takes => [Descriptor];

    IIoctl ITakesDescriptors.With(ImmutableArray<Descriptor> descriptors) => new PrimeFdToHandle(descriptors[0]);
}

public sealed record PrimeImported(GemHandle Handle);
