namespace DrmActors.Kms;

/// <summary>The names by which user space finds the properties whose values follow from a device's state.</summary>
public static class PropertyNames
{
    public const string Dpms = "DPMS";
    public const string Edid = "EDID";
    public const string LinkStatus = "link-status";
    public const string MaxBpc = "max bpc";
    public const string HdrOutputMetadata = "HDR_OUTPUT_METADATA";
    public const string CrtcId = "CRTC_ID";
    public const string Active = "ACTIVE";
    public const string ModeId = "MODE_ID";
    public const string VrrEnabled = "VRR_ENABLED";
    public const string GammaLut = "GAMMA_LUT";
    public const string FbId = "FB_ID";
    public const string SrcX = "SRC_X";
    public const string SrcY = "SRC_Y";
    public const string SrcW = "SRC_W";
    public const string SrcH = "SRC_H";
    public const string CrtcX = "CRTC_X";
    public const string CrtcY = "CRTC_Y";
    public const string CrtcW = "CRTC_W";
    public const string CrtcH = "CRTC_H";
}
