namespace DrmActors.Messages;

/// <summary>DRM_IOCTL_VERSION: who the driver is. drm.h.</summary>
public sealed record GetVersion : IIoctl<DriverVersion>;

/// <param name="Date">YYYYMMDD.</param>
public sealed record DriverVersion(int Major, int Minor, int PatchLevel, string Name, string Date, string Description);

/// <summary>
/// DRM_IOCTL_SET_VERSION: ask for an interface (1.0 to 1.4, or major -1) and a driver version (or major -1).
/// EINVAL where either cannot be had; what there is comes back in either case. Master only. drm.h.
/// </summary>
public sealed record SetVersion(int InterfaceMajor, int InterfaceMinor, int DriverMajor, int DriverMinor) : IIoctl<VersionAgreed>;

public sealed record VersionAgreed(int InterfaceMajor, int InterfaceMinor, int DriverMajor, int DriverMinor);

/// <summary>DRM_IOCTL_GET_UNIQUE: the bus id; empty until the file's master asked for interface 1.1 or more by SET_VERSION. drm.h.</summary>
public sealed record GetUnique : IIoctl<UniqueName>;

public sealed record UniqueName(string Name);

/// <summary>DRM_IOCTL_GET_CLIENT: this file's own entry (index 0); any other index is EINVAL. drm.h.</summary>
public sealed record GetClient(int Index) : IIoctl<ClientInfo>, IJudgedByCaller
{
    public Caller? Caller { get; init; }

    public IIoctl By(Caller caller) => this with { Caller = caller };
}

/// <param name="ProcessId">The caller's.</param>
public sealed record ClientInfo(bool Authenticated, int ProcessId, int UserId)
{
    /// <summary>What modern kernels give for a user: nobody's.</summary>
    public const int NoUser = 65534;
}

/// <summary>
/// DRM_IOCTL_SET_CLIENT_NAME: what this file is called in debugfs; none for no name. EINVAL for one that is too long, or has in it what cannot be
/// printed or is blank. drm.h.
/// </summary>
/// <param name="Name">A character a byte.</param>
public sealed record SetClientName(string Name) : IIoctl<Done>
{
    /// <summary>Bytes of a name at most (DRM_CLIENT_NAME_MAX_LEN).</summary>
    public const int MaxLength = 64;
}

/// <summary>DRM_IOCTL_GET_STATS: answers with no statistics, as modern kernels do. drm.h.</summary>
public sealed record GetStats : IIoctl<Done>;
