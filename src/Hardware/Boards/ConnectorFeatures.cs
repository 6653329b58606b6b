namespace DrmActors.Hardware.Boards;

/// <summary>Optional properties of a connector: those that it has. drm_mode.h has no list of them; the names are those that user space finds.</summary>
public sealed record ConnectorFeatures
{
    public static readonly ConnectorFeatures None = new();

    /// <summary>"max bpc": bits a component, least and most; null without the property.</summary>
    public (uint Least, uint Most)? MaxBpc { get; init; }

    /// <summary>"Colorspace"</summary>
    public bool HasColorspace { get; init; }

    /// <summary>"HDR_OUTPUT_METADATA"</summary>
    public bool HasHdrMetadata { get; init; }

    /// <summary>"vrr_capable": what it says; null without the property.</summary>
    public bool? IsVrrCapable { get; init; }

    /// <summary>"content type"</summary>
    public bool HasContentType { get; init; }

    /// <summary>"aspect ratio"</summary>
    public bool HasAspectRatio { get; init; }

    /// <summary>"panel orientation"; null without the property.</summary>
    public PanelOrientation? Orientation { get; init; }

    /// <summary>"scaling mode"</summary>
    public bool HasScalingMode { get; init; }

    /// <summary>"Content Protection" and "HDCP Content Type"</summary>
    public bool HasContentProtection { get; init; }

    /// <summary>"privacy-screen sw-state" and "privacy-screen hw-state"</summary>
    public bool HasPrivacyScreen { get; init; }

    /// <summary>"suggested X" and "suggested Y"</summary>
    public bool HasSuggestedPosition { get; init; }

    /// <summary>"subconnector": what it says; null without the property.</summary>
    public Subconnector? Subconnector { get; init; }

    /// <summary>"PATH": where it is behind a hub; null without the property.</summary>
    public string? Path { get; init; }

    /// <summary>It can be taken away while the board runs, as a hub's port.</summary>
    public bool IsDynamic { get; init; }

    /// <summary>"link-status" begins as bad: what is shown first does not get through.</summary>
    public bool IsLinkBad { get; init; }
}

/// <summary>How a panel is mounted; the values of "panel orientation".</summary>
public enum PanelOrientation
{
    Normal = 0,
    UpsideDown = 1,
    LeftSideUp = 2,
    RightSideUp = 3,
}

/// <summary>What hangs at a DisplayPort socket: DRM_MODE_SUBCONNECTOR_* of drm_mode.h.</summary>
public enum Subconnector
{
    Unknown = 0,
    Vga = 1,
    DviD = 3,
    DisplayPort = 10,
    Hdmi = 11,
    Native = 15,
    Wireless = 18,
}
