using System.Collections.Immutable;
using DrmActors.Actors.Device;
using DrmActors.Hardware.Boards;
using DrmActors.Messages;

namespace DrmActors.Actors.Protocol;

// For those who serve the files beside a card.

/// <summary>What a card's files show. ENODEV for none.</summary>
internal sealed record ViewCard(int Minor) : IIoctl<CardView>, ICardCall;

/// <param name="View">Always the present; and so it is local.</param>
internal sealed record CardView(BoardDescription Board, DeviceView View);

/// <summary>A connector's status, set by hand over what a probe finds.</summary>
internal enum ConnectorForce
{
    Unspecified,
    Off,
    On,
    Digital,
}

/// <summary>Sets it, unless null, and looks for the monitor again. ENOENT for an unknown connector.</summary>
/// <param name="Probes">False to leave that to whoever looks next.</param>
internal sealed record ForceConnector(int Minor, ConnectorId Connector, ConnectorForce? Force, bool Probes = true) : IIoctl<ModeConnector>, ICardCall;

/// <summary>
/// An EDID in place of what monitors say, from the next time that one is looked for; the connector's property says so at once. ENOENT for an unknown
/// connector, EINVAL for one that has no EDID.
/// </summary>
/// <param name="Edid">Whole blocks; empty to believe monitors again.</param>
internal sealed record OverrideEdid(int Minor, ConnectorId Connector, ImmutableArray<byte> Edid) : IIoctl<Done>, ICardCall;
