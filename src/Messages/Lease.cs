using System.Collections.Immutable;

namespace DrmActors.Messages;

/// <summary>What the new descriptor of a lease is opened with. fcntl.h.</summary>
[Flags]
public enum LeaseFlags : uint
{
    None = 0,

    /// <summary>O_NONBLOCK</summary>
    NonBlock = 0x800,

    /// <summary>O_CLOEXEC</summary>
    CloseOnExec = 0x80000,
}

/// <summary>
/// DRM_IOCTL_MODE_CREATE_LEASE: lends CRTCs, planes and connectors to a new file, which is master of these and knows of no others. Master only.
/// EINVAL: the caller is a lessee itself, unknown flags, objects of other kinds, or objects without a CRTC, a connector or (for clients with universal
/// planes) a plane among them. ENOENT: unknown objects. ENOSPC: one twice. EBUSY: lent already. EFAULT: ids that cannot be read. drm_mode.h.
/// </summary>
public sealed record ModeCreateLease(ImmutableArray<uint> Objects, LeaseFlags Flags = LeaseFlags.None) : IIoctl<LeaseCreated>
{
    /// <summary>Why the ids could not be read, if so: EFAULT, or ENOMEM for more than anybody has. Flags and caller are looked at before.</summary>
    public Errno Fault { get; init; }
}

/// <param name="Lessee">From 1, among the lessees of one master.</param>
public record LeaseCreated(uint Lessee);

/// <summary>DRM_IOCTL_MODE_LIST_LESSEES: whom the caller has lent something. Master only; EINVAL for a pad that is not 0. drm_mode.h.</summary>
public sealed record ModeListLessees(uint Pad = 0) : IIoctl<Lessees>;

public sealed record Lessees(ImmutableArray<uint> Ids);

/// <summary>
/// DRM_IOCTL_MODE_GET_LEASE: the ids of what was lent to the caller; all ids of the device for one who owns it. Master only; EINVAL for a pad that is
/// not 0. drm_mode.h.
/// </summary>
public sealed record ModeGetLease(uint Pad = 0) : IIoctl<LeasedObjects>;

public sealed record LeasedObjects(ImmutableArray<uint> Ids);

/// <summary>
/// DRM_IOCTL_MODE_REVOKE_LEASE: the lessee has nothing any more. Master only. ENOENT for an unknown lessee, EACCES for another's. drm_mode.h.
/// </summary>
public sealed record ModeRevokeLease(uint Lessee) : IIoctl<Done>;
