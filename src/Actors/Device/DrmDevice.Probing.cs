using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Device;

// Looking for monitors.
internal sealed partial class DrmDevice
{
    // Who waits for which connector; several may wait for the same probe.
    private readonly List<(ConnectorId Connector, IActorRef Asker, ModeClient Client)> _probes = [];
    private readonly HashSet<ConnectorId> _lostSockets = [];
    private readonly Dictionary<ConnectorId, string> _problems = [];
    private ImmutableArray<IActorRef> _sockets = [];
    private IActorRef _pollStarter = ActorRefs.Nobody;
    private int _firstProbes;
    private bool _polling;

    private void StartPollingConnectors()
    {
        _polling = true;
        _pollStarter = Sender;
        var connectors = _setup.Driver.PollsConnectors ? _view.State.Config.Connectors : [];
        _firstProbes = connectors.Length;
        if (_firstProbes == 0)
            EndFirstProbes(Errno.None);
        foreach (var connector in connectors)
            Probe(connector.Id, ActorRefs.Nobody);
    }

    // Answers once.
    private void EndFirstProbes(Errno errno)
    {
        _firstProbes = 0;
        _pollStarter.Tell(new DeviceStep(StartPolling.Instance, errno));
        _pollStarter = ActorRefs.Nobody;
    }

    private void Probe(ConnectorId id, IActorRef asker, ModeClient client = default)
    {
        if (_view.State.Config.Find(id) is not { } connector)
        {
            asker.Tell(Reply<ModeConnector>.Failed(Errno.ENOENT));
            return;
        }

        if (_lostSockets.Contains(id))
        {
            asker.Tell(Reply<ModeConnector>.Failed(Errno.ENODEV));
            EndFirstProbes(Errno.ENODEV);
            return;
        }

        _probes.Add((id, asker, client));
        _sockets[connector.Index].Tell(new ProbeSocket(id));
    }

    private void Probed(SocketProbed probed)
    {
        if (_view.State.Config.Find(probed.Connector) is not { } connector)
        {
            // Gone meanwhile, and who asked has been told.
            return;
        }

        var was = _view.State[connector];
        var found = Forced(probed.Connector, probed.Result);
        _view.State = ConnectorProbe.Apply(_view.State, connector, found, out var problem);
        Report(connector, problem);
        var i = _probes.FindIndex(p => p.Connector == probed.Connector);
        if (i < 0)
            return;
        var (_, asker, client) = _probes[i];
        _probes.RemoveAt(i);
        asker.Tell(ModeQueries.Connector(_view.State, probed.Connector, client));
        if (_firstProbes > 0 && --_firstProbes == 0)
            EndFirstProbes(Errno.None);
        else if (IsNews(was, _view.State[connector]))
        {
            Context.System.EventStream.Publish(new Hotplugged(_setup.Minor, probed.Connector));
            FollowMonitors();
        }
    }

    // Another monitor is news as well as one that came or went.
    private static bool IsNews(ConnectorState was, ConnectorState now) =>
        was.Status != now.Status || (now.EdidBlob is { } edid ? was.EdidBlob is not { } old || !old.Data.SequenceEqual(edid.Data) : was.EdidBlob is not null);

    private void SetLink(SetLink link)
    {
        if (!_registered)
        {
            Sender.Tell(Result(Errno.ENODEV));
        }
        else if (_view.State.Config.Find(link.Connector) is not { } connector)
        {
            Sender.Tell(Result(Errno.ENOENT));
        }
        else
        {
            _view.State = _view.State.With(connector, _view.State[connector] with { LinkBad = link.IsBad });
            Context.System.EventStream.Publish(new Hotplugged(_setup.Minor, connector.Id, StandardProperties.LinkStatus.Id));
            Sender.Tell(Done.Ok);
        }
    }

    // The probe that follows finds what was forced. Its answer is the caller's.
    private void Force(ForceConnector force)
    {
        if (!_registered)
        {
            Sender.Tell(Reply<ModeConnector>.Failed(Errno.ENODEV));
            return;
        }

        if (force.Force is { } wanted)
            _view.Forces = wanted == ConnectorForce.Unspecified ? _view.Forces.Remove(force.Connector) : _view.Forces.SetItem(force.Connector, wanted);
        if (force.Probes)
            Probe(force.Connector, Sender);
        else
            Sender.Tell(ModeQueries.Connector(_view.State, force.Connector, default));
    }

    private Errno Override(OverrideEdid wanted)
    {
        if (!_registered)
            return Errno.ENODEV;
        if (_view.State.Config.Find(wanted.Connector) is not { } connector)
            return Errno.ENOENT;
        if (!ConnectorProbe.TellsEdid(connector))
            return Errno.EINVAL;
        _view.EdidOverrides = wanted.Edid.IsEmpty
            ? _view.EdidOverrides.Remove(wanted.Connector)
            : _view.EdidOverrides.SetItem(wanted.Connector, wanted.Edid);
        _view.State = ConnectorProbe.Override(_view.State, connector, wanted.Edid);
        return Errno.None;
    }

    private ProbeResult Forced(ConnectorId connector, ProbeResult found)
    {
        found = _view.Forces.GetValueOrDefault(connector) switch
        {
            ConnectorForce.Off => new ProbeResult(ConnectorStatus.Disconnected, []),
            ConnectorForce.On or ConnectorForce.Digital => found with { Status = ConnectorStatus.Connected },
            _ => found,
        };
        return _view.EdidOverrides.TryGetValue(connector, out var edid) ? found with { Edid = edid } : found;
    }

    // Said once, not at every probe.
    private void Report(Connector connector, string? problem)
    {
        if (problem is null)
            _problems.Remove(connector.Id);
        else if (!string.Equals(_problems.GetValueOrDefault(connector.Id), problem, StringComparison.Ordinal))
            _log.Warning("{0}: {1}", ConnectorNames.Spell(connector.Type, connector.TypeId), _problems[connector.Id] = problem);
    }

    // A socket that died finds nothing any more. Its component master unplugs the device.
    private void LoseSocket(int index)
    {
        var lost = _view.State.Config.Connectors[index].Id;
        _lostSockets.Add(lost);
        FailProbes(connector => connector == lost);
        EndFirstProbes(Errno.ENODEV);
    }

    private void FailProbes(Predicate<ConnectorId> isOf)
    {
        foreach (var probe in _probes.Where(p => isOf(p.Connector)))
            probe.Asker.Tell(Reply<ModeConnector>.Failed(Errno.ENODEV));
        _probes.RemoveAll(p => isOf(p.Connector));
    }
}
