namespace DrmActors.Messages;

/// <summary>DRM_CAP_* of drm.h.</summary>
public enum Capability : ulong
{
    DumbBuffer = 0x1,
    VblankHighCrtc = 0x2,
    DumbPreferredDepth = 0x3,
    DumbPreferShadow = 0x4,
    Prime = 0x5,
    TimestampMonotonic = 0x6,
    AsyncPageFlip = 0x7,
    CursorWidth = 0x8,
    CursorHeight = 0x9,
    Addfb2Modifiers = 0x10,
    PageFlipTarget = 0x11,
    CrtcInVblankEvent = 0x12,
    Syncobj = 0x13,
    SyncobjTimeline = 0x14,
    AtomicAsyncPageFlip = 0x15,
}

/// <summary>DRM_CLIENT_CAP_* of drm.h.</summary>
public enum ClientCapability : ulong
{
    Stereo3D = 1,
    UniversalPlanes = 2,
    Atomic = 3,
    AspectRatio = 4,
    WritebackConnectors = 5,
    CursorPlaneHotspot = 6,
}

/// <summary>DRM_IOCTL_GET_CAP: EINVAL for a capability that is not known. drm.h.</summary>
public sealed record GetCap(Capability Capability) : IIoctl<CapValue>;

public sealed record CapValue(ulong Value);

/// <summary>DRM_IOCTL_SET_CLIENT_CAP: what this file understands. EINVAL for an unknown capability or value, EOPNOTSUPP for atomic in a driver that is not, or of an X server. drm.h.</summary>
public sealed record SetClientCap(ClientCapability Capability, ulong Value) : IIoctl<Done>
{
    /// <summary>What the process that calls calls itself, where that is not who opened the file; null for that one.</summary>
    public string? Caller { get; init; }
}
