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
internal sealed record ForceConnector(int Minor, ConnectorId Connector, ConnectorForce? Force) : IIoctl<ModeConnector>, ICardCall;
