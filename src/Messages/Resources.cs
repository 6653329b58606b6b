using System.Collections.Immutable;

namespace DrmActors.Messages;

/// <summary>DRM_IOCTL_MODE_GETRESOURCES: the ids of the card's objects, the caller's own framebuffers, and the size limits. drm_mode.h.</summary>
public sealed record ModeGetResources : IIoctl<ModeResources>;

public sealed record ModeResources(
    ImmutableArray<FramebufferId> Framebuffers,
    ImmutableArray<CrtcId> Crtcs,
    ImmutableArray<ConnectorId> Connectors,
    ImmutableArray<EncoderId> Encoders,
    uint MinWidth,
    uint MaxWidth,
    uint MinHeight,
    uint MaxHeight);

/// <summary>DRM_MODE_ENCODER_* of drm_mode.h.</summary>
public enum EncoderType : uint
{
    None = 0,
    Dac = 1,
    Tmds = 2,
    Lvds = 3,
    TvDac = 4,
    Virtual = 5,
    Dsi = 6,
    DpMst = 7,
    Dpi = 8,
}

/// <summary>DRM_IOCTL_MODE_GETENCODER: ENOENT for an unknown one. drm_mode.h.</summary>
public sealed record ModeGetEncoder(EncoderId Encoder) : IIoctl<ModeEncoder>;

/// <param name="PossibleCrtcs">Bit n: the nth CRTC of the resources.</param>
/// <param name="PossibleClones">Bit n: the nth encoder.</param>
public sealed record ModeEncoder(EncoderId Id, EncoderType Type, CrtcId Crtc, uint PossibleCrtcs, uint PossibleClones);
