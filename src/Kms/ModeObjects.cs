using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Kms;

// What a component creates in its bind and what never changes afterwards. What changes stands in CrtcState,
// PlaneState and ConnectorState. "Index" is the position in ModeConfig; the bit masks of the UAPI count by it.

public enum PlaneType
{
    Overlay = 0,
    Primary = 1,
    Cursor = 2,
}

/// <summary>A plane: a rectangle of pixels that a CRTC mixes into its picture.</summary>
/// <param name="PossibleCrtcs">Bit n: the CRTC of index n.</param>
/// <param name="Formats">Fourccs, in the driver's order.</param>
public sealed record Plane(PlaneId Id, int Index, PlaneType Type, uint PossibleCrtcs, ImmutableArray<uint> Formats) : IModeObject
{
    public ImmutableArray<AttachedProperty> Properties { get; init; } = [];

    ObjectType IModeObject.Type => ObjectType.Plane;

    /// <summary>Whether it can show this framebuffer: one of its formats, rows one behind the other (the linear modifier).</summary>
    public bool Scans(Framebuffer framebuffer) => framebuffer.Modifier == 0 && Formats.Contains(framebuffer.Format);
}

/// <summary>A CRTC: reads planes, mixes them, and sends out the timing of a mode.</summary>
/// <param name="MaxWidth">Pixels of a line that it can send.</param>
/// <param name="MaxClock">kHz; 0 for no limit.</param>
/// <param name="GammaSize">Entries of its gamma table; 0 without one.</param>
public sealed record Crtc(CrtcId Id, int Index, PlaneId Primary, uint MaxWidth, uint MaxHeight, uint MaxClock, uint GammaSize) : IModeObject
{
    public ImmutableArray<AttachedProperty> Properties { get; init; } = StandardProperties.OfCrtc(GammaSize);

    ObjectType IModeObject.Type => ObjectType.Crtc;

    /// <summary>Whether the hardware can send this mode.</summary>
    public bool Sends(ModeInfo mode) =>
        mode.HDisplay <= MaxWidth && mode.VDisplay <= MaxHeight && (MaxClock == 0 || mode.Clock <= MaxClock);
}

/// <summary>An encoder: turns a CRTC's pixels into a signal.</summary>
public sealed record Encoder(EncoderId Id, int Index, EncoderType Type, uint PossibleCrtcs, uint PossibleClones) : IModeObject
{
    ObjectType IModeObject.Type => ObjectType.Encoder;
}

/// <summary>A connector: the socket, and the monitor in it.</summary>
/// <param name="MaxClock">kHz that the link carries; 0 for no limit.</param>
public sealed record Connector(ConnectorId Id, int Index, ConnectorType Type, uint TypeId, ImmutableArray<EncoderId> Encoders, uint MaxClock)
    : IModeObject
{
    public ImmutableArray<AttachedProperty> Properties { get; init; } = [];

    ObjectType IModeObject.Type => ObjectType.Connector;

    public bool Carries(ModeInfo mode) => MaxClock == 0 || mode.Clock <= MaxClock;
}
