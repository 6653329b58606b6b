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

/// <summary>
/// DRM_IOCTL_MODE_SETPLANE: what a plane shows and where, without scaling; a framebuffer of 0 switches it off. Master only. ENOENT for unknown
/// ids, EINVAL for a CRTC or a format that is not the plane's, or a primary plane that leaves some of its CRTC uncovered, ERANGE for a
/// target that overflows or is scaled, ENOSPC for a source outside of the framebuffer. drm_mode.h.
/// </summary>
/// <param name="Flags">Ignored, as the kernel does.</param>
/// <param name="SrcX">Like the other three of the source in 16.16 pixels of the framebuffer.</param>
public sealed record ModeSetPlane(
    PlaneId Plane,
    CrtcId Crtc,
    FramebufferId Framebuffer,
    int CrtcX,
    int CrtcY,
    uint CrtcW,
    uint CrtcH,
    uint SrcX,
    uint SrcY,
    uint SrcW,
    uint SrcH,
    uint Flags = 0) : IIoctl<Done>;
