using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>
/// The properties that only some hardware has, as Linux names them, for a driver to add to its configuration and attach. Each is new at every call, as
/// the limits of two objects may differ.
/// </summary>
public static class OptionalProperties
{
    private const PropertyFlags Fixed = PropertyFlags.Immutable;

    private static readonly string[] Turns = ["rotate-0", "rotate-90", "rotate-180", "rotate-270", "reflect-x", "reflect-y"];
    private static readonly string[] Encodings = ["ITU-R BT.601 YCbCr", "ITU-R BT.709 YCbCr", "ITU-R BT.2020 YCbCr"];
    private static readonly string[] Ranges = ["YCbCr limited range", "YCbCr full range"];

    private static readonly PropertyEnum[] BlendModes =
    [
        new((ulong)Hardware.Scanout.BlendMode.None, "None"), new((ulong)Hardware.Scanout.BlendMode.Premultiplied, "Pre-multiplied"),
        new((ulong)Hardware.Scanout.BlendMode.Coverage, "Coverage"),
    ];

    private static readonly string[] HdmiColorspaces =
    [
        "Default", "SMPTE_170M_YCC", "BT709_YCC", "XVYCC_601", "XVYCC_709", "SYCC_601", "opYCC_601", "opRGB", "BT2020_CYCC", "BT2020_RGB",
        "BT2020_YCC", "DCI-P3_RGB_D65", "DCI-P3_RGB_Theater",
    ];

    // In the order in which Linux lists them.
    private static readonly PropertyEnum[] DpColorspaces =
    [
        new(0, "Default"), new(13, "RGB_Wide_Gamut_Fixed_Point"), new(14, "RGB_Wide_Gamut_Floating_Point"), new(7, "opRGB"),
        new(11, "DCI-P3_RGB_D65"), new(9, "BT2020_RGB"), new(15, "BT601_YCC"), new(2, "BT709_YCC"), new(3, "XVYCC_601"), new(4, "XVYCC_709"),
        new(5, "SYCC_601"), new(6, "opYCC_601"), new(8, "BT2020_CYCC"), new(10, "BT2020_YCC"),
    ];

    /// <param name="supported">Turns and reflections; <see cref="Kms.Rotation.Rotate0"/> among them.</param>
    public static Property Rotation(Rotation supported) => Property.OfBitmask(
        PropertyNames.Rotation,
        Turns.Select((name, bit) => new PropertyEnum((ulong)bit, name)).Where(b => ((uint)supported & (1u << (int)b.Value)) != 0));

    public static Property Zpos(uint least, uint greatest) =>
        Property.OfRange(PropertyNames.Zpos, least, greatest, least == greatest ? Fixed : PropertyFlags.None);

    public static Property Alpha() => Property.OfRange(PropertyNames.Alpha, 0, PlaneState.Opaque);

    public static Property BlendMode(params BlendMode[] supported) =>
        Property.OfEnum(PropertyNames.BlendMode, PropertyFlags.None, BlendModes.Where(m => supported.Contains((BlendMode)m.Value)));

    public static Property ColorEncoding(params ColorEncoding[] supported) =>
        Property.OfEnum(PropertyNames.ColorEncoding, PropertyFlags.None, supported.Select(e => new PropertyEnum((ulong)e, Encodings[(int)e])));

    public static Property ColorRange(params ColorRange[] supported) =>
        Property.OfEnum(PropertyNames.ColorRange, PropertyFlags.None, supported.Select(r => new PropertyEnum((ulong)r, Ranges[(int)r])));

    /// <summary>ARGB16161616.</summary>
    public static Property BackgroundColor() => Property.OfRange(PropertyNames.BackgroundColor, 0, ulong.MaxValue);

    public static Property ScalingFilter() => Property.OfEnum(PropertyNames.ScalingFilter, PropertyFlags.None, "Default", "Nearest Neighbor");

    public static Property HotspotX() => Property.OfSignedRange(PropertyNames.HotspotX, int.MinValue, int.MaxValue);

    public static Property HotspotY() => Property.OfSignedRange(PropertyNames.HotspotY, int.MinValue, int.MaxValue);

    public static Property MaxBpc(uint least, uint greatest) => Property.OfRange(PropertyNames.MaxBpc, least, greatest);

    public static Property HdmiColorspace() => Property.OfEnum(PropertyNames.Colorspace, PropertyFlags.None, HdmiColorspaces);

    public static Property DpColorspace() => Property.OfEnum(PropertyNames.Colorspace, PropertyFlags.None, DpColorspaces);

    public static Property ContentType() =>
        Property.OfEnum(PropertyNames.ContentType, PropertyFlags.None, "No Data", "Graphics", "Photo", "Cinema", "Game");

    public static Property AspectRatio() => Property.OfEnum(PropertyNames.AspectRatio, PropertyFlags.None, "Automatic", "4:3", "16:9");

    public static Property ScalingMode() => Property.OfEnum(PropertyNames.ScalingMode, PropertyFlags.None, "None", "Full", "Center", "Full aspect");

    public static Property ContentProtection() =>
        Property.OfEnum(PropertyNames.ContentProtection, PropertyFlags.None, "Undesired", "Desired", "Enabled");

    public static Property HdcpContentType() => Property.OfEnum(PropertyNames.HdcpContentType, PropertyFlags.None, "HDCP Type0", "HDCP Type1");

    public static Property PrivacyScreen() => Property.OfEnum(PropertyNames.PrivacyScreen, PropertyFlags.None, "Disabled", "Enabled");

    public static Property PrivacyScreenHardware() =>
        Property.OfEnum(PropertyNames.PrivacyScreenHardware, Fixed, "Disabled", "Enabled", "Disabled-locked", "Enabled-locked");

    public static Property VrrCapable() => Property.OfBool("vrr_capable", Fixed);

    public static Property PanelOrientation() =>
        Property.OfEnum("panel orientation", Fixed, "Normal", "Upside Down", "Left Side Up", "Right Side Up");

    public static Property SuggestedX() => Property.OfRange("suggested X", 0, uint.MaxValue, Fixed);

    public static Property SuggestedY() => Property.OfRange("suggested Y", 0, uint.MaxValue, Fixed);

    /// <summary>What is behind a DisplayPort.</summary>
    public static Property Subconnector() => Property.OfEnum(
        "subconnector",
        Fixed,
        new PropertyEnum[] { new(0, "Unknown"), new(1, "VGA"), new(3, "DVI-D"), new(11, "HDMI"), new(10, "DP"), new(18, "Wireless"), new(15, "Native") });
}
