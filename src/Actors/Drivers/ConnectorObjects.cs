using System.Collections.Immutable;
using DrmActors.Hardware.Boards;
using DrmActors.Kms;
using DrmActors.Messages;
using static DrmActors.Messages.PropertyFlags;

namespace DrmActors.Actors.Drivers;

/// <summary>The optional properties of connectors, with the kernel's names and values. Pure.</summary>
internal static class ConnectorObjects
{
    private static readonly ImmutableArray<PropertyEnum> HdmiColorspaces =
    [
        new(0, "Default"), new(1, "SMPTE_170M_YCC"), new(2, "BT709_YCC"), new(3, "XVYCC_601"), new(4, "XVYCC_709"), new(5, "SYCC_601"),
        new(6, "opYCC_601"), new(7, "opRGB"), new(8, "BT2020_CYCC"), new(9, "BT2020_RGB"), new(10, "BT2020_YCC"), new(11, "DCI-P3_RGB_D65"),
        new(12, "DCI-P3_RGB_Theater"),
    ];

    private static readonly ImmutableArray<PropertyEnum> DpColorspaces =
    [
        new(0, "Default"), new(13, "RGB_Wide_Gamut_Fixed_Point"), new(14, "RGB_Wide_Gamut_Floating_Point"), new(7, "opRGB"),
        new(11, "DCI-P3_RGB_D65"), new(9, "BT2020_RGB"), new(15, "BT601_YCC"), new(2, "BT709_YCC"), new(3, "XVYCC_601"), new(4, "XVYCC_709"),
        new(5, "SYCC_601"), new(6, "opYCC_601"), new(8, "BT2020_CYCC"), new(10, "BT2020_YCC"),
    ];

    private static readonly ImmutableArray<PropertyEnum> Subconnectors =
    [
        new((ulong)Subconnector.Unknown, "Unknown"), new((ulong)Subconnector.Vga, "VGA"), new((ulong)Subconnector.DviD, "DVI-D"),
        new((ulong)Subconnector.Hdmi, "HDMI"), new((ulong)Subconnector.DisplayPort, "DP"), new((ulong)Subconnector.Wireless, "Wireless"),
        new((ulong)Subconnector.Native, "Native"),
    ];

    public static ModeConfig Attach(ModeConfig config, ConnectorId connector, ConnectorType type, ConnectorFeatures features)
    {
        foreach (var (property, initial) in All(type, features))
            config = config.AddProperty(property, out var added).Attach(connector, added, initial);
        return features.HasHdrMetadata ? config.Attach(connector, StandardProperties.HdrOutputMetadata, initial: 0) : config;
    }

    private static IEnumerable<(Property Property, ulong Initial)> All(ConnectorType type, ConnectorFeatures features)
    {
        if (features.MaxBpc is var (least, most))
            yield return (Property.OfRange(PropertyNames.MaxBpc, least, most), most);
        if (features.HasColorspace)
            yield return (Property.OfEnum(PropertyNames.Colorspace, None, IsDp(type) ? DpColorspaces : HdmiColorspaces), 0);
        if (features.IsVrrCapable is { } capable)
            yield return (Property.OfBool("vrr_capable", Immutable), capable ? 1u : 0u);
        if (features.HasContentType)
            yield return (Property.OfEnum(PropertyNames.ContentType, None, "No Data", "Graphics", "Photo", "Cinema", "Game"), 0);
        if (features.HasAspectRatio)
            yield return (Property.OfEnum(PropertyNames.AspectRatio, None, "Automatic", "4:3", "16:9"), 0);
        if (features.HasScalingMode)
            yield return (Property.OfEnum(PropertyNames.ScalingMode, None, "None", "Full", "Center", "Full aspect"), 0);
        if (features.Orientation is { } orientation)
            yield return (Property.OfEnum("panel orientation", Immutable, "Normal", "Upside Down", "Left Side Up", "Right Side Up"), (ulong)orientation);
        if (features.HasContentProtection)
        {
            yield return (Property.OfEnum(PropertyNames.ContentProtection, None, "Undesired", "Desired", "Enabled"), 0);
            yield return (Property.OfEnum(PropertyNames.HdcpContentType, None, "HDCP Type0", "HDCP Type1"), 0);
        }

        if (features.HasPrivacyScreen)
        {
            yield return (Property.OfEnum(PropertyNames.PrivacyScreen, None, "Disabled", "Enabled"), 0);
            yield return (
                Property.OfEnum(PropertyNames.PrivacyScreenHardware, Immutable, "Disabled", "Enabled", "Disabled-locked", "Enabled-locked"), 0);
        }

        if (features.HasSuggestedPosition)
        {
            yield return (Property.OfRange("suggested X", 0, uint.MaxValue, Immutable), 0);
            yield return (Property.OfRange("suggested Y", 0, uint.MaxValue, Immutable), 0);
        }

        if (features.Subconnector is { } subconnector)
            yield return (Property.OfEnum("subconnector", Immutable, Subconnectors), (ulong)subconnector);
    }

    private static bool IsDp(ConnectorType type) => type is ConnectorType.DisplayPort or ConnectorType.Edp;
}
