using System.Collections.Immutable;

namespace DrmActors.Messages;

// A syncobj is a box for a fence that a file knows by a handle, and other files by a descriptor. A timeline is one whose fences are numbered: a point
// has come when its fence and all before it have. drm.h.

/// <summary>DRM_SYNCOBJ_CREATE_*.</summary>
[Flags]
public enum SyncobjCreateFlags : uint
{
    None = 0,
    Signaled = 1 << 0,
}

/// <summary>DRM_SYNCOBJ_HANDLE_TO_FD_FLAGS_*.</summary>
[Flags]
public enum SyncobjExportFlags : uint
{
    None = 0,

    /// <summary>The descriptor is of a sync file with the fence of now.</summary>
    ExportSyncFile = 1 << 0,

    /// <summary>The fence is that of a point; else the whole of the syncobj. Since Linux 6.16.</summary>
    Timeline = 1 << 1,
}

/// <summary>DRM_SYNCOBJ_FD_TO_HANDLE_FLAGS_*.</summary>
[Flags]
public enum SyncobjImportFlags : uint
{
    None = 0,

    /// <summary>The fence of a sync file goes into a syncobj that is there.</summary>
    ImportSyncFile = 1 << 0,

    /// <summary>It becomes a point; else it replaces what the syncobj held. Since Linux 6.16.</summary>
    Timeline = 1 << 1,
}

/// <summary>DRM_IOCTL_SYNCOBJ_CREATE: EINVAL for unknown flags. drm.h.</summary>
public sealed record SyncobjCreate(SyncobjCreateFlags Flags = SyncobjCreateFlags.None) : IIoctl<SyncobjCreated>;

public sealed record SyncobjCreated(SyncobjHandle Handle);

/// <summary>DRM_IOCTL_SYNCOBJ_DESTROY: the handle goes. EINVAL for padding that is not 0 and for an unknown handle. drm.h.</summary>
public sealed record SyncobjDestroy(SyncobjHandle Handle, uint Pad = 0) : IIoctl<Done>;

/// <summary>
/// DRM_IOCTL_SYNCOBJ_HANDLE_TO_FD: a new descriptor, of the syncobj or of a sync file. EINVAL for padding, unknown flags, a point of the syncobj as such,
/// and an unknown handle; with <see cref="SyncobjExportFlags.ExportSyncFile"/> that is ENOENT, and EINVAL a syncobj without a fence, or without one for
/// the point. drm.h.
/// </summary>
/// <param name="Point">Looked at with <see cref="SyncobjExportFlags.Timeline"/> only; 0 is the whole of it.</param>
public sealed record SyncobjHandleToFd(
    SyncobjHandle Handle, SyncobjExportFlags Flags = SyncobjExportFlags.None, uint Pad = 0, ulong Point = 0) : IIoctl<SyncobjExported>
{
    /// <summary>The point that counts.</summary>
    public ulong PointAsked => Flags.HasFlag(SyncobjExportFlags.Timeline) ? Point : 0;
}

public sealed record SyncobjExported(Descriptor Descriptor) : IMakesDescriptors
{
    public ImmutableArray<MadeDescriptor> Made => [new(Descriptor)];
}

/// <summary>
/// DRM_IOCTL_SYNCOBJ_FD_TO_HANDLE: another handle for a syncobj's descriptor; or the fence of a sync file into <paramref name="Handle"/>, ENOENT for an
/// unknown one. EINVAL for padding, unknown flags, a point of a syncobj as such, and a descriptor of anything else. drm.h.
/// </summary>
/// <param name="Handle">Looked at with <see cref="SyncobjImportFlags.ImportSyncFile"/> only.</param>
/// <param name="Point">Looked at with <see cref="SyncobjImportFlags.Timeline"/> only; 0 is the whole of it.</param>
public sealed record SyncobjFdToHandle(
    Descriptor Descriptor, SyncobjHandle Handle = default, SyncobjImportFlags Flags = SyncobjImportFlags.None, uint Pad = 0, ulong Point = 0)
    : IIoctl<SyncobjCreated>, ITakesDescriptors
{
    /// <summary>The point that counts.</summary>
    public ulong PointAsked => Flags.HasFlag(SyncobjImportFlags.Timeline) ? Point : 0;

    ImmutableArray<Descriptor> ITakesDescriptors.Takes => [Descriptor];

    public IIoctl With(ImmutableArray<Descriptor> descriptors) => this with { Descriptor = descriptors[0] };
}

/// <summary>
/// DRM_IOCTL_SYNCOBJ_TRANSFER: the fence at a point of a syncobj becomes one at a point of another; point 0 is the whole of it. ENOENT for unknown
/// handles, EINVAL for padding, unknown flags and where there is no such point yet; with WAIT_FOR_SUBMIT it waits for the point, ETIME after five
/// seconds. drm.h.
/// </summary>
/// <param name="Flags">Only WAIT_FOR_SUBMIT is known.</param>
public sealed record SyncobjTransfer(
    SyncobjHandle Source,
    ulong SourcePoint,
    SyncobjHandle Destination,
    ulong DestinationPoint,
    SyncobjWaitFlags Flags = SyncobjWaitFlags.None,
    uint Pad = 0) : IIoctl<Done>;

/// <summary>
/// DRM_IOCTL_SYNCOBJ_EVENTFD: 1 is added to an event counter when a point has come, or with WAIT_AVAILABLE when it has a fence. EINVAL for other flags,
/// padding, and a descriptor that is no event counter; ENOENT for an unknown handle, EBADF for a closed descriptor. drm.h since Linux 6.6.
/// </summary>
public sealed record SyncobjEventfd(
    SyncobjHandle Handle, ulong Point, Descriptor Descriptor, SyncobjWaitFlags Flags = SyncobjWaitFlags.None, uint Pad = 0)
    : IIoctl<Done>, ITakesDescriptors
{
    ImmutableArray<Descriptor> ITakesDescriptors.Takes => [Descriptor];

    public IIoctl With(ImmutableArray<Descriptor> descriptors) => this with { Descriptor = descriptors[0] };
}
