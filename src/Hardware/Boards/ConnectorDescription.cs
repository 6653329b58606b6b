using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Hardware.Boards;

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
public sealed record ConnectorDescription(ConnectorType Type, ConnectorStatus Status, EdidSource Edid, string? EdidFile)
{
    /// <summary>Of a monitor without an EDID, the first one preferred; empty for those that any monitor shows.</summary>
    public ImmutableArray<ModeInfo> Modes { get; init; } = [];

    /// <summary>What it has beside what every connector has, and beside what its driver gives it.</summary>
    public ConnectorFeatures Features { get; init; } = ConnectorFeatures.None;
}
