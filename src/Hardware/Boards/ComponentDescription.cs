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
    ImmutableArray<WindowDescription> Windows) : ComponentDescription(Name, ComponentKind.Vop, Address);

/// <summary>What a plane is for; the values of its "type" property.</summary>
public enum WindowType
{
    Overlay = 0,
    Primary = 1,
    Cursor = 2,
}

/// <summary>A VOP's window: one plane.</summary>
/// <param name="Formats">Fourccs in the order in which the plane tells them.</param>
public sealed record WindowDescription(string Name, WindowType Type, ImmutableArray<uint> Formats);

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

    public EncoderType Encoder => Kind switch
    {
        ComponentKind.Dsi => EncoderType.Dsi,
        ComponentKind.Virtual or ComponentKind.Writeback => EncoderType.Virtual,
        _ => EncoderType.Tmds,
    };
}

/// <summary>Where a connector's EDID comes from.</summary>
public enum EdidSource
{
    /// <summary>The monitor has none to read.</summary>
    None,

    /// <summary>The one that the project builds itself.</summary>
    Builtin,

    /// <summary>A file.</summary>
    File,
}

/// <summary>How a connector is found at boot.</summary>
/// <param name="EdidFile">With <see cref="EdidSource.File"/>; not yet opened, so it may be missing or corrupt.</param>
public sealed record ConnectorDescription(ConnectorType Type, ConnectorStatus Status, EdidSource Edid, string? EdidFile);
