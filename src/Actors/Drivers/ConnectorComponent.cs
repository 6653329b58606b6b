using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Boards;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Drivers;

/// <summary>
/// A transmitter and its socket. Its bind adds an encoder and a connector; afterwards it says what is plugged in,
/// and tells the device that looks after it (whoever probed it last) when that changes.
/// <code>registered --BindComponent--> bound --ProbeSocket--> looked after
/// any --UnbindComponent--> registered</code>
/// </summary>
internal sealed class ConnectorComponent : DrmActor
{
    private readonly BoardDescription _board;
    private readonly OutputDescription _output;
    private readonly AddOutput _addOutput;

    // Of a monitor without an EDID; empty for those that any monitor shows.
    private readonly ImmutableArray<ModeInfo> _modes;
    private ProbeResult _monitor;
    private ConnectorId _connector;
    private IActorRef? _device;

    private ConnectorComponent(BoardDescription board, OutputDescription output, AddOutput addOutput, ImmutableArray<ModeInfo> modes)
    {
        _board = board;
        _output = output;
        _addOutput = addOutput;
        _modes = modes;
        _monitor = new ProbeResult(output.Connector.Status, ReadEdid()) { Modes = modes };
    }

    /// <param name="modes">What the driver lists for a monitor without an EDID; null for the modes that any monitor shows.</param>
    public static Props Props(ComponentSetup setup, OutputDescription output, AddOutput addOutput, ImmutableArray<ModeInfo>? modes = null) =>
        ActorProps.Of(() => new ConnectorComponent(setup.Board, output, addOutput, modes ?? []));

    protected override void PreStart() => Context.Parent.Tell(new RegisterComponent(_output.Name));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case BindComponent bind:
                Bind(bind.Config);
                break;
            case UnbindComponent:
                _connector = default;
                _device = null;
                Sender.Tell(new ComponentUnbound(_output.Name));
                break;
            case ProbeSocket probe:
                _device = Sender;
                Sender.Tell(new SocketProbed(probe.Connector, _monitor));
                break;
            case PlugMonitor plug:
                _monitor = new ProbeResult(plug.Status, plug.Edid) { Modes = plug.Modes.IsEmpty ? _modes : plug.Modes };
                _device?.Tell(new HotplugDetected(_connector));
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Bind(ModeConfig config)
    {
        var possible = PossibleCrtcs.Mask(_board, _output, config);
        if (possible == 0)
        {
            // None of its display controllers has bound before it: the kernel puts such a probe off.
            Sender.Tell(new ComponentBindFailed(_output.Name, Errno.ENODEV));
            return;
        }

        config = _addOutput(config, _output, possible, out _connector);
        Sender.Tell(new ComponentBound(_output.Name, config, default, _connector));
    }

    private ImmutableArray<byte> ReadEdid()
    {
        try
        {
            return MonitorEdid.Read(_output.Connector);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As a monitor that does not answer: the connector falls back to the modes that need no EDID.
            Context.GetLogger().Warning("{0}: {1}: no EDID: {2}", _board.Name, _output.Name, e.Message);
            return [];
        }
    }
}
