using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Display;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Scanout;

// On, off, and another mode.
internal sealed partial class VopActor
{
    private bool IsModeset(CrtcState next) =>
        !next.Active || !ModeInfo.HaveOneTiming(next.Mode, _state.Mode) || !next.Connectors.AsSpan().SequenceEqual(_state.Connectors.AsSpan());

    // Also where it is lit again at once: it is off in between.
    private void Switch(CrtcState next)
    {
        var count = Count;
        if (IsLit)
            WakeAll(count);
        _state = next;
        if (!IsLit)
            FailReaders();
        _darkCount = count;
        if (IsLit)
            _timeline = new VblankTimeline(FramePeriod.Of(next.Mode!), _clock.Now, _planted == PlantedBug.CountRestarts ? 0 : count);
    }

    private void Darken(Errno errno)
    {
        foreach (var waiter in _waiters.TakeAll(_ => true))
            waiter.Caller?.Tell(Reply<VblankReply>.Failed(errno));
        Switch(CrtcState.Off);
        _shown = ShownPicture.Nothing;
        if (_pending is { } pending)
            Drop(pending.Commit, pending.Device, errno);
        _pending = null;
        if (_stuck is { } stuck)
            Drop(stuck.Commit, stuck.Device, errno);
        _stuck = null;
        DropAwaiting(errno);
    }
}
