using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Device;

// What is made to go wrong with commits.
internal sealed partial class DrmDevice
{
    private readonly List<(Errno Errno, int Before, int Times)> _failing = [];
    private readonly HashSet<ConnectorId> _vanishing = [];

    private bool OnFault(object message)
    {
        switch (message)
        {
            case FailCommits fail:
                AnswerFault(_registered ? Errno.None : Errno.ENODEV);
                if (_registered)
                    _failing.Add((fail.Errno, fail.Nth - 1, fail.Times));
                return true;
            case VanishAtFlip vanish:
                var errno = !_registered ? Errno.ENODEV : _view.State.Config.Find(vanish.Connector) is null ? Errno.ENOENT : Errno.None;
                AnswerFault(errno);
                if (errno == Errno.None)
                    _vanishing.Add(vanish.Connector);
                return true;
            case HoldFlips hold:
                ToPipe(hold, hold.Crtc);
                return true;
            case DelayVblank delay:
                ToPipe(delay, delay.Crtc);
                return true;
            default:
                return false;
        }
    }

    private void AnswerFault(Errno errno) => Sender.Tell(Result(errno));

    /// <summary>Asked once for each commit that nothing else refuses: every fault counts it, the oldest that hits decides.</summary>
    private Errno FailedCommit()
    {
        var hit = Errno.None;
        for (var i = 0; i < _failing.Count; i++)
        {
            var (errno, before, times) = _failing[i];
            if (before > 0)
                _failing[i] = (errno, before - 1, times);
            else if (hit == Errno.None)
                (hit, _failing[i]) = (errno, (errno, 0, times - 1));
        }

        _failing.RemoveAll(f => f.Times == 0);
        return hit;
    }

    private void VanishBehind(CommitDraft draft)
    {
        if (_vanishing.Count == 0)
            return;
        foreach (var connector in draft.Config.Connectors)
            if (draft.Config.Find(_view.State[connector].Crtc) is { } crtc && draft.Find(crtc) is not null && _vanishing.Remove(connector.Id))
                _sockets[connector.Index].Tell(new PlugMonitor(ConnectorStatus.Disconnected, []));
    }
}
