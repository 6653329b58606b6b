using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Hardware.Boards;

/// <summary>What a component is; it decides which actor drives it and which keys its description has.</summary>
public enum ComponentKind
{
    Vop,
    Hdmi,
    Edp,
    Dsi,

    /// <summary>A connector of no wire, which is there for software alone.</summary>
    Virtual,

    /// <summary>A connector that writes the picture back into memory.</summary>
    Writeback,

    /// <summary>Any encoder and connector: the file says which.</summary>
    Output,
}

/// <summary>One part of the display subsystem, bound on its own.</summary>
/// <param name="Name">As the board file calls it, unique on its board.</param>
/// <param name="Address">Physical, of the first register; null where there is no hardware.</param>
public abstract record ComponentDescription(string Name, ComponentKind Kind, ulong? Address)
{
    /// <summary>As the kernel names the platform device: "ff900000.vop"; of one without registers its own name.</summary>
    public string DeviceName => Address is null ? Name : $"{Address:x}.{Kind switch
    {
        ComponentKind.Vop => "vop",
        ComponentKind.Hdmi => "hdmi",
        ComponentKind.Edp => "dp",
        ComponentKind.Output => "output",
        _ => "dsi",
    }}";
}

/// <summary>A video output processor: a CRTC and its planes, in hardware or in software.</summary>
/// <param name="MaxWidth">Of a mode, in pixels.</param>
/// <param name="MaxHeight">Of a mode, in lines.</param>
/// <param name="GammaSize">Entries of the look-up table; 0 without one.</param>
/// <param name="Windows">In the order of the file; exactly one is primary.</param>
public sealed record VopDescription(
    string Name,
    ulong? Address,
    uint MaxWidth,
    uint MaxHeight,
    uint GammaSize,
    ImmutableArray<WindowDescription> Windows) : ComponentDescription(Name, ComponentKind.Vop, Address)
{
    /// <summary>Entries of the look-up table before the colour matrix; 0 without one.</summary>
    public uint DegammaSize { get; init; }

    /// <summary>Whether there is a colour matrix.</summary>
    public bool HasCtm { get; init; }

    /// <summary>Of a mode, in kHz; 0 for no limit.</summary>
    public uint MaxPixelClock { get; init; }

    /// <summary>Whether it has a choice of how its picture is scaled.</summary>
    public bool HasScalingFilter { get; init; }

    /// <summary>Whether what shows where no plane is can be any colour.</summary>
    public bool HasBackgroundColor { get; init; }

    /// <summary>Whether it tells of vblanks; what has none shows every commit at once.</summary>
    public bool HasVblank { get; init; } = true;

    /// <summary>What its vblanks are counted from.</summary>
    public uint FirstVblank { get; init; }
}

/// <summary>An encoder and its connector.</summary>
/// <param name="MaxPixelClock">In kHz; 0 for no limit.</param>
/// <param name="PossibleCrtcs">Names of the VOPs that can feed it.</param>
public sealed record OutputDescription(
    string Name,
    ComponentKind Kind,
    ulong? Address,
    uint MaxPixelClock,
    ImmutableArray<string> PossibleCrtcs,
    ConnectorDescription Connector) : ComponentDescription(Name, Kind, Address)
{
    /// <summary>Fourccs that a writeback connector writes, in the order in which it tells them; none of any other.</summary>
    public ImmutableArray<uint> WritebackFormats { get; init; } = [];

    public EncoderType Encoder { get; init; } = Kind switch
    {
        ComponentKind.Dsi => EncoderType.Dsi,
        ComponentKind.Virtual or ComponentKind.Writeback => EncoderType.Virtual,
        _ => EncoderType.Tmds,
    };

    /// <summary>Names of other outputs that one CRTC can feed together with this one.</summary>
    public ImmutableArray<string> Clones { get; init; } = [];
}
