namespace DrmActors.Kms;

/// <summary>The names by which user space finds properties. A name is that of one <see cref="PropertyRole"/> at most.</summary>
public static class PropertyNames
{
    public const string Edid = "EDID";
    public const string Dpms = "DPMS";
    public const string LinkStatus = "link-status";
    public const string CrtcId = "CRTC_ID";
    public const string MaxBpc = "max bpc";
    public const string Colorspace = "Colorspace";
    public const string HdrOutputMetadata = "HDR_OUTPUT_METADATA";
    public const string ContentType = "content type";
    public const string AspectRatio = "aspect ratio";
    public const string ScalingMode = "scaling mode";
    public const string ContentProtection = "Content Protection";
    public const string HdcpContentType = "HDCP Content Type";
    public const string PrivacyScreen = "privacy-screen sw-state";
    public const string PrivacyScreenHardware = "privacy-screen hw-state";
    public const string WritebackFramebuffer = "WRITEBACK_FB_ID";
    public const string WritebackOutFence = "WRITEBACK_OUT_FENCE_PTR";
    public const string WritebackFormats = "WRITEBACK_PIXEL_FORMATS";

    public const string Active = "ACTIVE";
    public const string ModeId = "MODE_ID";
    public const string OutFencePtr = "OUT_FENCE_PTR";
    public const string VrrEnabled = "VRR_ENABLED";
    public const string DegammaLut = "DEGAMMA_LUT";
    public const string DegammaLutSize = "DEGAMMA_LUT_SIZE";
    public const string Ctm = "CTM";
    public const string GammaLut = "GAMMA_LUT";
    public const string GammaLutSize = "GAMMA_LUT_SIZE";
    public const string ScalingFilter = "SCALING_FILTER";
    public const string BackgroundColor = "BACKGROUND_COLOR";

    public const string FbId = "FB_ID";
    public const string InFenceFd = "IN_FENCE_FD";
    public const string SrcX = "SRC_X";
    public const string SrcY = "SRC_Y";
    public const string SrcW = "SRC_W";
    public const string SrcH = "SRC_H";
    public const string CrtcX = "CRTC_X";
    public const string CrtcY = "CRTC_Y";
    public const string CrtcW = "CRTC_W";
    public const string CrtcH = "CRTC_H";
    public const string Rotation = "rotation";
    public const string Zpos = "zpos";
    public const string Alpha = "alpha";
    public const string BlendMode = "pixel blend mode";
    public const string ColorEncoding = "COLOR_ENCODING";
    public const string ColorRange = "COLOR_RANGE";
    public const string DamageClips = "FB_DAMAGE_CLIPS";
    public const string HotspotX = "HOTSPOT_X";
    public const string HotspotY = "HOTSPOT_Y";
}
