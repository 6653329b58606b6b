using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Device;

/// <summary>The socket of a connector that came at run time (/cardN/port-ID): says what is plugged in, and tells the device when that changes.</summary>
internal sealed class PortActor : DrmActor
{
    private readonly ConnectorId _connector;
    private PlugMonitor _monitor;

    private PortActor(ConnectorId connector, PlugMonitor monitor) => (_connector, _monitor) = (connector, monitor);

    public static Props Props(ConnectorId connector, PlugMonitor monitor) => ActorProps.Of(() => new PortActor(connector, monitor));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case ProbeSocket probe:
                Sender.Tell(new SocketProbed(probe.Connector, new ProbeResult(_monitor.Status, _monitor.Edid) { Modes = _monitor.Modes }));
                break;
            case PlugMonitor plug:
                _monitor = plug;
                Context.Parent.Tell(new HotplugDetected(_connector));
                break;
            default:
                Unhandled(message);
                break;
        }
    }
}
