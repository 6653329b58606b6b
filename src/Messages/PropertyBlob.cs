using System.Collections.Immutable;

namespace DrmActors.Messages;

/// <summary>DRM_IOCTL_MODE_GETPROPBLOB: the bytes of a blob, anybody's. ENOENT for an unknown one. drm_mode.h.</summary>
public sealed record ModeGetPropBlob(BlobId Blob) : IIoctl<PropBlob>;

public sealed record PropBlob(ImmutableArray<byte> Data);

/// <summary>
/// DRM_IOCTL_MODE_CREATEPROPBLOB: a blob that lives until its file destroys it or closes, and longer where a state refers to it. EINVAL
/// without bytes or with 2 GiB of them, ENOMEM for more than a device keeps, EFAULT for bytes that cannot be read. drm_mode.h.
/// </summary>
public sealed record ModeCreatePropBlob(ImmutableArray<byte> Data) : IIoctl<PropBlobCreated>;

public sealed record PropBlobCreated(BlobId Blob);

/// <summary>DRM_IOCTL_MODE_DESTROYPROPBLOB: ENOENT for an unknown one, EPERM for one that is not the file's own. drm_mode.h.</summary>
public sealed record ModeDestroyPropBlob(BlobId Blob) : IIoctl<Done>;
