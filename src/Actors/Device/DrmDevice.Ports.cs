using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Device;

// Connectors that come and go at run time.
internal sealed partial class DrmDevice
{
    // Lit connectors whose ports are gone.
    private int _leaving;

    // By the parent: ports count from 1, and none comes twice.
    private readonly Dictionary<ConnectorId, int> _lastPort = [];

    private void AddPort(AddPort add)
    {
        var config = _view.HasState ? _view.State.Config : null;
        if (!_registered || config!.Find(add.Parent) is not { } parent)
        {
            Sender.Tell(Reply<PortAdded>.Failed(_registered ? Errno.ENOENT : Errno.ENODEV));
            return;
        }

        var number = _lastPort[parent.Id] = _lastPort.GetValueOrDefault(parent.Id) + 1;
        var path = string.Create(CultureInfo.InvariantCulture, $"mst:{parent.Id.Value}-{number}\0");
        _view.State = _view.State.PlugIn(
            ConnectorType.DisplayPort, EncodersBehind(config, parent), parent.MaxClock, [.. Encoding.ASCII.GetBytes(path)], out var port);
        var socket = Context.ActorOf(PortActor.Props(port.Id, add.Monitor), $"port-{port.Id.Value}");
        Context.Watch(socket);
        _sockets = port.Index < _sockets.Length ? _sockets.SetItem(port.Index, socket) : _sockets.Add(socket);
        Probe(port.Id, ActorRefs.Nobody);
        Context.System.EventStream.Publish(new Hotplugged(_setup.Minor, default));
        Sender.Tell(Reply<PortAdded>.Success(new PortAdded(port.Id)));
    }

    // Those for branches, where the board has any; else the parent's own, which feeds one of them at a time.
    private static ImmutableArray<EncoderId> EncodersBehind(ModeConfig config, Connector parent)
    {
        ImmutableArray<EncoderId> branches = [.. config.Encoders.Where(e => e.Type == EncoderType.DpMst).Select(e => e.Id)];
        return branches.IsEmpty ? parent.Encoders : branches;
    }

    private void RemovePort(RemovePort remove)
    {
        var errno = !_registered ? Errno.ENODEV
            : _view.State.Config.Find(remove.Connector) is not { } port ? Errno.ENOENT
            : port.IsLeaving || !port.IsDynamic ? Errno.EINVAL
            : Errno.None;
        if (errno == Errno.None)
        {
            var leaving = _view.State.Config.Find(remove.Connector)!;
            _sockets[leaving.Index].Tell(new PlugMonitor(ConnectorStatus.Disconnected, []));
            Leave(leaving);
            Context.System.EventStream.Publish(new Hotplugged(_setup.Minor, default));
        }

        Sender.Tell(Result(errno));
    }

    // After every commit: what was lit when its port went may be dark now.
    private void LeaveWhatIsDark()
    {
        if (_leaving == 0)
            return;
        foreach (var connector in _view.State.Config.Connectors)
            if (connector is { IsLeaving: true, IsGone: false } && _view.State[connector].Crtc.IsNone)
            {
                _leaving--;
                Leave(connector);
                Context.System.EventStream.Publish(new Hotplugged(_setup.Minor, default));
            }
    }

    private void Leave(Connector connector)
    {
        _view.State = _view.State.Unplug(connector);
        if (!_view.State[connector].Crtc.IsNone)
        {
            _leaving++;
            return;
        }

        var socket = _sockets[connector.Index];
        _sockets = _sockets.SetItem(connector.Index, ActorRefs.Nobody);
        FailProbes(id => id == connector.Id);
        Context.Unwatch(socket);
        // The board's own goes with the board.
        if (Context.GetChildren().Contains(socket))
            Context.Stop(socket);
    }
}
