namespace DrmActors.Messages;

/// <summary>DRM_IOCTL_SET_MASTER: EBUSY while another file is master, EACCES without the right to become it. drm.h.</summary>
public sealed record SetMaster : IIoctl<Done>;

/// <summary>DRM_IOCTL_DROP_MASTER: EINVAL when not master. drm.h.</summary>
public sealed record DropMaster : IIoctl<Done>;

/// <summary>DRM_IOCTL_GET_MAGIC: the token that the master may authenticate this file by. drm.h.</summary>
public sealed record GetMagic : IIoctl<Magic>;

public sealed record Magic(uint Value);

/// <summary>DRM_IOCTL_AUTH_MAGIC: master only; EINVAL for a token that names nobody, or no longer. drm.h.</summary>
public sealed record AuthMagic(uint Magic) : IIoctl<Done>;
