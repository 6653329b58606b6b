namespace DrmActors.Messages;

/// <summary>
/// DRM_IOCTL_SET_MASTER: EBUSY while another file is master, EACCES for a caller who is neither root nor the process that opened a file which was
/// master before. drm.h.
/// </summary>
public sealed record SetMaster : IIoctl<Done>, IJudgedByCaller
{
    public Caller? Caller { get; init; }

    public IIoctl By(Caller caller) => this with { Caller = caller };
}

/// <summary>DRM_IOCTL_DROP_MASTER: EACCES as <see cref="SetMaster"/>, EINVAL when not master. drm.h.</summary>
public sealed record DropMaster : IIoctl<Done>, IJudgedByCaller
{
    public Caller? Caller { get; init; }

    public IIoctl By(Caller caller) => this with { Caller = caller };
}

/// <summary>DRM_IOCTL_GET_MAGIC: the token that its master may authenticate this file by, once; the file keeps it. drm.h.</summary>
public sealed record GetMagic : IIoctl<Magic>;

public sealed record Magic(uint Value);

/// <summary>DRM_IOCTL_AUTH_MAGIC: master only; EINVAL for a token that names nobody, has been used, or is of another master's client. drm.h.</summary>
public sealed record AuthMagic(uint Magic) : IIoctl<Done>;
