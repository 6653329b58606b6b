using System.Text;
using DrmActors.Hardware.Boards;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Drivers;

/// <summary>The optional properties of a connector, as its description has them. Pure.</summary>
internal static class ConnectorObjects
{
    public static ModeConfig Attach(ModeConfig config, ConnectorId connector, ConnectorType type, ConnectorFeatures features)
    {
        foreach (var (property, initial) in Properties(type, features))
            config = config.AddProperty(property, out var added).Attach(connector, added, initial);
        if (features.Path is { } path)
            config = config.AddBlob([.. Encoding.ASCII.GetBytes(path + "\0")], out var blob).Attach(connector, StandardProperties.Path, blob.Value);
        config = config.Mark(connector, features.IsDynamic, features.IsLinkBad);
        return features.HasHdrMetadata ? config.Attach(connector, StandardProperties.HdrOutputMetadata, initial: 0) : config;
    }

    private static IEnumerable<(Property Property, ulong Initial)> Properties(ConnectorType type, ConnectorFeatures features)
    {
        if (features.MaxBpc is var (least, most))
            yield return (OptionalProperties.MaxBpc(least, most), most);
        if (features.HasColorspace)
            yield return (IsDp(type) ? OptionalProperties.DpColorspace() : OptionalProperties.HdmiColorspace(), 0);
        if (features.IsVrrCapable is { } capable)
            yield return (OptionalProperties.VrrCapable(), capable ? 1u : 0u);
        if (features.HasContentType)
            yield return (OptionalProperties.ContentType(), 0);
        if (features.HasAspectRatio)
            yield return (OptionalProperties.AspectRatio(), 0);
        if (features.HasScalingMode)
            yield return (OptionalProperties.ScalingMode(), 0);
        if (features.Orientation is { } orientation)
            yield return (OptionalProperties.PanelOrientation(), (ulong)orientation);
        if (features.HasContentProtection)
        {
            yield return (OptionalProperties.ContentProtection(), 0);
            yield return (OptionalProperties.HdcpContentType(), 0);
        }

        if (features.HasPrivacyScreen)
        {
            yield return (OptionalProperties.PrivacyScreen(), 0);
            yield return (OptionalProperties.PrivacyScreenHardware(), 0);
        }

        if (features.HasSuggestedPosition)
        {
            yield return (OptionalProperties.SuggestedX(), 0);
            yield return (OptionalProperties.SuggestedY(), 0);
        }

        if (features.Subconnector is { } subconnector)
            yield return (OptionalProperties.Subconnector(), (ulong)subconnector);
    }

    private static bool IsDp(ConnectorType type) => type is ConnectorType.DisplayPort or ConnectorType.Edp;
}
