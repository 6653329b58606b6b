using System.Collections.Immutable;

namespace DrmActors.Messages;

/// <summary>DRM_IOCTL_MODE_GETPLANERESOURCES: the planes; without the universal-planes capability overlays only. drm_mode.h.</summary>
public sealed record ModeGetPlaneResources : IIoctl<ModePlaneResources>;

public sealed record ModePlaneResources(ImmutableArray<PlaneId> Planes);

/// <summary>DRM_IOCTL_MODE_GETPLANE: ENOENT for an unknown one. drm_mode.h.</summary>
public sealed record ModeGetPlane(PlaneId Plane) : IIoctl<ModePlane>;

/// <param name="PossibleCrtcs">Bit n: the nth CRTC of the resources.</param>
/// <param name="Formats">Fourccs, in the driver's order.</param>
public sealed record ModePlane(
    PlaneId Id,
    CrtcId Crtc,
    FramebufferId Framebuffer,
    uint PossibleCrtcs,
    ImmutableArray<uint> Formats);
