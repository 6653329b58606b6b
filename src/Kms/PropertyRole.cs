using System.Collections.Frozen;

namespace DrmActors.Kms;

/// <summary>Which part of a state a property is. Properties of several objects may have one role, each with limits of its own.</summary>
public enum PropertyRole
{
    /// <summary>None: it has the value that it was attached with.</summary>
    Fixed,

    Edid,
    Dpms,
    LinkStatus,
    CrtcId,
    MaxBpc,
    Colorspace,
    HdrOutputMetadata,
    ContentType,
    AspectRatio,
    ScalingMode,
    ContentProtection,
    HdcpContentType,
    PrivacyScreen,
    PrivacyScreenHardware,
    WritebackFramebuffer,
    WritebackOutFence,

    Active,
    ModeId,
    OutFencePtr,
    VrrEnabled,
    DegammaLut,
    Ctm,
    GammaLut,
    ScalingFilter,

    FbId,
    InFenceFd,
    SrcX,
    SrcY,
    SrcW,
    SrcH,
    CrtcX,
    CrtcY,
    CrtcW,
    CrtcH,
    Rotation,
    Zpos,
    Alpha,
    BlendMode,
    ColorEncoding,
    ColorRange,
    DamageClips,
    HotspotX,
    HotspotY,
}

internal static class PropertyRoles
{
    private static readonly FrozenDictionary<string, PropertyRole> ByName = new Dictionary<string, PropertyRole>(StringComparer.Ordinal)
    {
        [PropertyNames.Edid] = PropertyRole.Edid,
        [PropertyNames.Dpms] = PropertyRole.Dpms,
        [PropertyNames.LinkStatus] = PropertyRole.LinkStatus,
        [PropertyNames.CrtcId] = PropertyRole.CrtcId,
        [PropertyNames.MaxBpc] = PropertyRole.MaxBpc,
        [PropertyNames.Colorspace] = PropertyRole.Colorspace,
        [PropertyNames.HdrOutputMetadata] = PropertyRole.HdrOutputMetadata,
        [PropertyNames.ContentType] = PropertyRole.ContentType,
        [PropertyNames.AspectRatio] = PropertyRole.AspectRatio,
        [PropertyNames.ScalingMode] = PropertyRole.ScalingMode,
        [PropertyNames.ContentProtection] = PropertyRole.ContentProtection,
        [PropertyNames.HdcpContentType] = PropertyRole.HdcpContentType,
        [PropertyNames.PrivacyScreen] = PropertyRole.PrivacyScreen,
        [PropertyNames.PrivacyScreenHardware] = PropertyRole.PrivacyScreenHardware,
        [PropertyNames.WritebackFramebuffer] = PropertyRole.WritebackFramebuffer,
        [PropertyNames.WritebackOutFence] = PropertyRole.WritebackOutFence,
        [PropertyNames.Active] = PropertyRole.Active,
        [PropertyNames.ModeId] = PropertyRole.ModeId,
        [PropertyNames.OutFencePtr] = PropertyRole.OutFencePtr,
        [PropertyNames.VrrEnabled] = PropertyRole.VrrEnabled,
        [PropertyNames.DegammaLut] = PropertyRole.DegammaLut,
        [PropertyNames.Ctm] = PropertyRole.Ctm,
        [PropertyNames.GammaLut] = PropertyRole.GammaLut,
        [PropertyNames.ScalingFilter] = PropertyRole.ScalingFilter,
        [PropertyNames.FbId] = PropertyRole.FbId,
        [PropertyNames.InFenceFd] = PropertyRole.InFenceFd,
        [PropertyNames.SrcX] = PropertyRole.SrcX,
        [PropertyNames.SrcY] = PropertyRole.SrcY,
        [PropertyNames.SrcW] = PropertyRole.SrcW,
        [PropertyNames.SrcH] = PropertyRole.SrcH,
        [PropertyNames.CrtcX] = PropertyRole.CrtcX,
        [PropertyNames.CrtcY] = PropertyRole.CrtcY,
        [PropertyNames.CrtcW] = PropertyRole.CrtcW,
        [PropertyNames.CrtcH] = PropertyRole.CrtcH,
        [PropertyNames.Rotation] = PropertyRole.Rotation,
        [PropertyNames.Zpos] = PropertyRole.Zpos,
        [PropertyNames.Alpha] = PropertyRole.Alpha,
        [PropertyNames.BlendMode] = PropertyRole.BlendMode,
        [PropertyNames.ColorEncoding] = PropertyRole.ColorEncoding,
        [PropertyNames.ColorRange] = PropertyRole.ColorRange,
        [PropertyNames.DamageClips] = PropertyRole.DamageClips,
        [PropertyNames.HotspotX] = PropertyRole.HotspotX,
        [PropertyNames.HotspotY] = PropertyRole.HotspotY,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static PropertyRole Of(string name) => ByName.GetValueOrDefault(name);
}
