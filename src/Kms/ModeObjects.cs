using System.Collections.Immutable;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;

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
    /// <summary>Rows one behind the other, in every format.</summary>
    public static readonly ImmutableArray<FormatModifier> LinearOnly = [new(0, ulong.MaxValue)];

    public ImmutableArray<AttachedProperty> Properties { get; init; } = [];

    public PlaneLimits Limits { get; init; } = PlaneLimits.Of(Type);

    ObjectType IModeObject.Type => ObjectType.Plane;

    public bool IsFor(Crtc crtc) => (PossibleCrtcs & (1u << crtc.Index)) != 0;

    /// <summary>How near it is: by its zpos, or, where the hardware has a fixed order, overlays over the primary plane and under the cursor.</summary>
    public int Height(PlaneState state) => HasZpos ? (int)state.Zpos : Type switch
    {
        PlaneType.Primary => 0,
        PlaneType.Overlay => 1,
        _ => 2,
    };

    private bool HasZpos => Properties.Any(p => p.Property.Role == PropertyRole.Zpos);

    /// <summary>How framebuffers may lie in memory, in the driver's order.</summary>
    public ImmutableArray<FormatModifier> Modifiers { get; init; } = LinearOnly;

    /// <summary>Whether it can show this framebuffer: one of its formats, in one of the layouts that it reads this format in.</summary>
    public bool Scans(Framebuffer framebuffer) => Scans(framebuffer.Format, framebuffer.Modifier);

    public bool Scans(uint format, ulong modifier)
    {
        var index = Formats.IndexOf(format);
        if (index < 0)
            return false;
        foreach (var (known, formats) in Modifiers)
            if (known == modifier && (formats & 1ul << index) != 0)
                return true;
        return false;
    }
}

/// <summary>What a plane's hardware can do with a picture.</summary>
/// <param name="Covers">It may not leave any of its CRTC uncovered.</param>
/// <param name="LeastScale">Source over target in 16.16: half of it enlarges to twice the size.</param>
/// <param name="GreatestScale">Likewise: twice of it shrinks to half the size.</param>
public sealed record PlaneLimits(bool Covers = false, uint LeastScale = PlaneLimits.Unscaled, uint GreatestScale = PlaneLimits.Unscaled)
{
    public const uint Unscaled = 1 << 16;

    private static readonly PlaneLimits Primary = new(Covers: true);
    private static readonly PlaneLimits Other = new();

    public static PlaneLimits Of(PlaneType type) => type == PlaneType.Primary ? Primary : Other;
}

/// <summary>A CRTC: reads planes, mixes them, and sends out the timing of a mode.</summary>
/// <param name="MaxWidth">Pixels of a line that it can send.</param>
/// <param name="MaxClock">kHz; 0 for no limit.</param>
/// <param name="GammaSize">Entries of its gamma table; 0 without one.</param>
public sealed record Crtc(CrtcId Id, int Index, PlaneId Primary, uint MaxWidth, uint MaxHeight, uint MaxClock, uint GammaSize) : IModeObject
{
    public ImmutableArray<AttachedProperty> Properties { get; init; } = StandardProperties.OfCrtc(GammaSize);

    /// <summary>Entries of its degamma table; 0 without one.</summary>
    public uint DegammaSize => (uint)Properties.FirstOrDefault(p => p.Property == StandardProperties.DegammaLutSize).Initial;

    ObjectType IModeObject.Type => ObjectType.Crtc;

    /// <summary>Whether the hardware can send this mode.</summary>
    public bool Sends(ModeInfo mode) =>
        mode.HDisplay <= MaxWidth && mode.VDisplay <= MaxHeight && (MaxClock == 0 || mode.Clock <= MaxClock);
}

/// <summary>An encoder: turns a CRTC's pixels into a signal.</summary>
public sealed record Encoder(EncoderId Id, int Index, EncoderType Type, uint PossibleCrtcs, uint PossibleClones) : IModeObject
{
    ObjectType IModeObject.Type => ObjectType.Encoder;

    public bool IsFor(Crtc crtc) => (PossibleCrtcs & (1u << crtc.Index)) != 0;
}

/// <summary>A connector: the socket, and the monitor in it.</summary>
/// <param name="MaxClock">kHz that the link carries; 0 for no limit.</param>
public sealed record Connector(ConnectorId Id, int Index, ConnectorType Type, uint TypeId, ImmutableArray<EncoderId> Encoders, uint MaxClock)
    : IModeObject
{
    public ImmutableArray<AttachedProperty> Properties { get; init; } = [];

    ObjectType IModeObject.Type => ObjectType.Connector;

    /// <summary>It is a port that can go while the device runs.</summary>
    public bool IsDynamic { get; init; }

    /// <summary>Its link is bad to begin with.</summary>
    public bool IsLinkBadAtFirst { get; init; }

    /// <summary>It came at run time, and its port is gone again: it cannot be lit any more, and goes when it is dark.</summary>
    public bool IsLeaving { get; init; }

    /// <summary>It has gone: nobody finds it, and its index is the next one's that comes.</summary>
    public bool IsGone { get; init; }

    public bool Carries(ModeInfo mode) => MaxClock == 0 || mode.Clock <= MaxClock;
}
