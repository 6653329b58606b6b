using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.BringUp;

/// <summary>
/// Who owns which framebuffer range (/user/drm/aperture). Of the drivers that could show a picture on one display only one may be active: a
/// native one has the firmware's removed before it begins.
/// </summary>
internal sealed class ApertureRegistry : DrmActor
{
    // Few, and in the order in which they came.
    private readonly List<(ApertureRange Range, IActorRef Owner)> _owners = [];
    private readonly List<Removal> _removals = [];

    public static Props Props() => ActorProps.Of(() => new ApertureRegistry());

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case AcquireAperture acquire:
                Acquire(acquire);
                break;
            case RemoveConflicting remove:
                Remove(remove);
                break;
            case DeviceStep { Request: UnplugDevice }:
                Context.Unwatch(Sender);
                Forget(Sender);
                break;
            case Terminated dead:
                Forget(dead.ActorRef);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Acquire(AcquireAperture acquire)
    {
        var errno = _owners.Exists(o => o.Range.Overlaps(acquire.Range)) ? Errno.EBUSY : Errno.None;
        if (errno == Errno.None)
        {
            _owners.Add((acquire.Range, acquire.Owner));
            Context.Watch(acquire.Owner);
        }

        Sender.Tell(new ApertureAcquired(acquire.Range, errno));
    }

    // An owner stays one until it is silent, so that nobody else takes its range before.
    private void Remove(RemoveConflicting remove)
    {
        var removal = new Removal(Sender, remove.Board);
        foreach (var (range, owner) in _owners)
        {
            var isInTheWay = remove.Range is { } wanted ? range.Overlaps(wanted) : range.Board == remove.Board;
            if (!isInTheWay || removal.Waiting.Contains(owner))
                continue;
            if (!_removals.Exists(r => r.Waiting.Contains(owner)))
                owner.Tell(UnplugDevice.Instance);
            removal.Waiting.Add(owner);
        }

        _removals.Add(removal);
        AnswerFinished();
    }

    private void Forget(IActorRef owner)
    {
        _owners.RemoveAll(o => o.Owner.Equals(owner));
        foreach (var removal in _removals)
            removal.Waiting.Remove(owner);
        AnswerFinished();
    }

    private void AnswerFinished()
    {
        foreach (var removal in _removals.Where(r => r.Waiting.Count == 0))
            removal.Asker.Tell(new ConflictsRemoved(removal.Board));
        _removals.RemoveAll(r => r.Waiting.Count == 0);
    }

    private sealed record Removal(IActorRef Asker, string Board)
    {
        public List<IActorRef> Waiting { get; } = [];
    }
}
