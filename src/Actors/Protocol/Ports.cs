using DrmActors.Messages;

namespace DrmActors.Actors.Protocol;

/// <summary>
/// A connector comes at run time, a port of a branch behind another one, with this monitor. ENOENT for an unknown parent.
/// </summary>
internal sealed record AddPort(int Minor, ConnectorId Parent, PlugMonitor Monitor) : IIoctl<PortAdded>, ICardCall;

internal sealed record PortAdded(ConnectorId Connector);

/// <summary>It goes again: at once where it is dark, else when it is. ENOENT for an unknown connector, EINVAL for one that was always there, or is on its way out.</summary>
internal sealed record RemovePort(int Minor, ConnectorId Connector) : IIoctl<Done>, ICardCall;
