using System.Collections.Immutable;
using DrmActors.Hardware.Display;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>Who drives a connector, what its last probe found, and what is asked of the link.</summary>
public sealed record ConnectorState
{
    public static readonly ConnectorState Unprobed = new();

    public CrtcId Crtc { get; init; }

    public EncoderId Encoder { get; init; }

    public ConnectorStatus Status { get; init; } = ConnectorStatus.Unknown;

    /// <summary>Null where the monitor has none, or a corrupt one.</summary>
    public Edid? Edid { get; init; }

    public ImmutableArray<ModeInfo> Modes { get; init; } = [];

    /// <summary>The bytes of <see cref="Edid"/>, under a new id after each probe.</summary>
    public Blob? EdidBlob { get; init; }

    /// <summary>What the legacy DPMS call asked for last, or what lighting and darkening the CRTC made of it.</summary>
    public bool DpmsOff { get; init; }

    public bool LinkBad { get; init; }

    /// <summary>Null for what the driver began with.</summary>
    public uint? MaxBpc { get; init; }

    public Blob? HdrMetadata { get; init; }

    // Values of the enumerations that the properties of these names have.

    public uint Colorspace { get; init; }

    public uint ContentType { get; init; }

    public uint AspectRatio { get; init; }

    public uint ScalingMode { get; init; }

    public uint ContentProtection { get; init; }

    public uint HdcpContentType { get; init; }

    public uint PrivacyScreen { get; init; }

    /// <summary>What resetting leaves: the values that its properties were attached with.</summary>
    public static ConnectorState Of(Connector connector)
    {
        var state = connector.IsLinkBadAtFirst ? Unprobed with { LinkBad = true } : Unprobed;
        foreach (var (property, initial) in connector.Properties)
            state = property.Role switch
            {
                PropertyRole.Colorspace => state with { Colorspace = (uint)initial },
                PropertyRole.ContentType => state with { ContentType = (uint)initial },
                PropertyRole.AspectRatio => state with { AspectRatio = (uint)initial },
                PropertyRole.ScalingMode => state with { ScalingMode = (uint)initial },
                PropertyRole.PrivacyScreen => state with { PrivacyScreen = (uint)initial },
                _ => state,
            };
        return state;
    }
}
