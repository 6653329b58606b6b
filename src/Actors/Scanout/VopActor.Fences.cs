using Akka.Actor;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Scanout;

// A commit that waits for its fences, before anything of it is done.
internal sealed partial class VopActor
{
    private Awaiting? _awaiting;

    private bool Await(Latch latch, IActorRef device)
    {
        if (latch.After is not { } fence)
            return false;
        var waiter = new TellWhenSignaled(Self, new FencesCame(latch.CommitId));
        var waiting = fence.Wait(waiter);
        if (_planted == PlantedBug.FenceMissedByCommit)
            waiting ??= new(waiter);
        if (waiting is null)
            return false;
        _awaiting = new Awaiting(latch, device, fence, waiting);
        return true;
    }

    private void GoAhead(long commitId)
    {
        if (_awaiting is not { } awaiting || awaiting.Commit.CommitId != commitId)
            return;
        _awaiting = null;
        awaiting.Fence.Forget(awaiting.Waiting);
        Take(awaiting.Commit with { After = null }, awaiting.Device);
    }

    private void DropAwaiting(Errno errno)
    {
        if (_awaiting is not { } awaiting)
            return;
        _awaiting = null;
        awaiting.Fence.Forget(awaiting.Waiting);
        Drop(awaiting.Commit, awaiting.Device, errno);
    }

    // It never comes to the screen, and whoever waits for it hears why.
    private void Drop(Latch commit, IActorRef device, Errno errno) =>
        device.Tell(new Latched(_crtc, commit.CommitId, _clock.Now, Errno: errno));

    private sealed record Awaiting(Latch Commit, IActorRef Device, Fence Fence, LinkedListNode<IFenceWaiter> Waiting);
}
