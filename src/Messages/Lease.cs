namespace DrmActors.Messages;

// Leases are not there yet: the master is told EOPNOTSUPP, everybody else EACCES.

/// <summary>DRM_IOCTL_MODE_CREATE_LEASE: master only. drm_mode.h.</summary>
public sealed record ModeCreateLease : IIoctl<Done>;

/// <summary>DRM_IOCTL_MODE_LIST_LESSEES: master only. drm_mode.h.</summary>
public sealed record ModeListLessees : IIoctl<Done>;

/// <summary>DRM_IOCTL_MODE_GET_LEASE: master only. drm_mode.h.</summary>
public sealed record ModeGetLease : IIoctl<Done>;

/// <summary>DRM_IOCTL_MODE_REVOKE_LEASE: master only. drm_mode.h.</summary>
public sealed record ModeRevokeLease : IIoctl<Done>;
