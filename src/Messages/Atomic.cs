namespace DrmActors.Messages;

/// <summary>DRM_MODE_ATOMIC_* of drm_mode.h, and the two of PAGE_FLIP that go with them.</summary>
[Flags]
public enum AtomicFlags : uint
{
    None = 0,
    PageFlipEvent = 1,
    PageFlipAsync = 2,
    TestOnly = 0x100,
    NonBlock = 0x200,
    AllowModeset = 0x400,
}

/// <summary>
/// DRM_IOCTL_MODE_ATOMIC. Master only. EINVAL for a client that has not said that it is atomic, or flags that do not go together; EOPNOTSUPP, until
/// atomic commits are there. drm_mode.h.
/// </summary>
public sealed record ModeAtomic(AtomicFlags Flags, ulong Reserved = 0) : IIoctl<Done>;
