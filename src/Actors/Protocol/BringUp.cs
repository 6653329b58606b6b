using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Protocol;

// Between the component master and its components.

/// <summary>A component is there and can be bound. Components come in any order.</summary>
internal sealed record RegisterComponent(string Name);

/// <summary>Bind: add your mode objects to the configuration. Answered with one of the two below.</summary>
internal sealed record BindComponent(ModeConfig Config);

/// <param name="Config">The configuration that was handed in, wider by the component's objects.</param>
/// <param name="Crtc">The CRTC that the sender scans out, if it is a display controller.</param>
/// <param name="Connector">The connector that the sender probes, if it has one.</param>
internal sealed record ComponentBound(string Name, ModeConfig Config, CrtcId Crtc, ConnectorId Connector);

internal sealed record ComponentBindFailed(string Name, Errno Errno);

internal sealed record UnbindComponent
{
    public static readonly UnbindComponent Instance = new();
}

internal sealed record ComponentUnbound(string Name);

// Between the component master and the device that it brings up. The device answers each with DeviceStep.

/// <summary>Step 9: the mode configuration is complete and reset. Pipes and sockets by the index of CRTC and connector.</summary>
internal sealed record InstallModeConfig(KmsState State, ImmutableArray<IActorRef> Pipes, ImmutableArray<IActorRef> Sockets);

/// <summary>Step 10: look at the connectors now, and whenever one tells of a change.</summary>
internal sealed record StartPolling
{
    public static readonly StartPolling Instance = new();
}

internal sealed record StopPolling
{
    public static readonly StopPolling Instance = new();
}

/// <summary>Step 11: from here on the device can be opened.</summary>
internal sealed record RegisterDevice
{
    public static readonly RegisterDevice Instance = new();
}

/// <summary>Step 12: the console's framebuffer, lit while no client is master.</summary>
internal sealed record StartConsole
{
    public static readonly StartConsole Instance = new();
}

/// <summary>
/// The device goes away: every open file answers ENODEV from now on, waiting callers get it too, what is lit goes dark, the console's memory is given
/// back. The device itself stays until its last file is closed. Answered once nothing scans out any more.
/// </summary>
internal sealed record UnplugDevice
{
    public static readonly UnplugDevice Instance = new();
}

/// <summary>All is switched off: the device's files end as if their processes were killed. Not answered; the device is released by it.</summary>
internal sealed record KillFiles
{
    public static readonly KillFiles Instance = new();
}

/// <summary>The device has done what it was told, or could not.</summary>
internal sealed record DeviceStep(object Request, Errno Errno);

/// <summary>The last reference on an unplugged device is gone, and its actor stops. To the device's parent.</summary>
internal sealed record DeviceReleased(int Minor);

// Between device and connector.

/// <summary>Look for the monitor. Answered with <see cref="SocketProbed"/>.</summary>
internal sealed record ProbeSocket(ConnectorId Connector);

internal sealed record SocketProbed(ConnectorId Connector, ProbeResult Result);

/// <summary>A monitor was plugged in (with these EDID bytes, maybe none) or pulled out. From the host to a connector's component.</summary>
internal sealed record PlugMonitor(ConnectorStatus Status, ImmutableArray<byte> Edid)
{
    /// <summary>Of a monitor without an EDID; empty for those that the driver lists then.</summary>
    public ImmutableArray<ModeInfo> Modes { get; init; } = [];
}

/// <summary>The same from the host, which knows the connector: the card tells its component. ENOENT for an unknown one.</summary>
internal sealed record PlugCard(int Minor, ConnectorId Connector, PlugMonitor Monitor) : IIoctl<Done>, ICardCall;

/// <summary>A connector's monitor has changed. From the component to the device, while polling.</summary>
internal sealed record HotplugDetected(ConnectorId Connector);

/// <summary>
/// The link of a connector has failed or works again, from the host, which knows the connector: the property says so, and a uevent. ENOENT for an
/// unknown one.
/// </summary>
internal sealed record SetLink(int Minor, ConnectorId Connector, bool IsBad) : IIoctl<Done>, ICardCall;

/// <summary>
/// A connector's status, monitor or one of its properties changed. On the system's event stream; becomes the uevent of the card with HOTPLUG=1.
/// </summary>
/// <param name="Property">Which has; none where it is the status.</param>
internal sealed record Hotplugged(int Minor, ConnectorId Connector, PropertyId Property = default);

/// <summary>A lessee has closed its file, and what it had is its lessor's again. On the event stream; becomes the uevent of the card with LEASE=1.</summary>
internal sealed record LeaseEnded(int Minor);
