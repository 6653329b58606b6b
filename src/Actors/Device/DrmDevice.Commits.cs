using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Kms.Leases;
using DrmActors.Messages;

namespace DrmActors.Actors.Device;

// Commits: what a call asks for is drafted on the state that is there when its turn comes, checked, published, and handed to the display
// controllers of the CRTCs that it touches.
internal sealed partial class DrmDevice
{
    /// <param name="known">What its descriptors stand for, once that was looked at: by the time of another look they may be others.</param>
    private void Commit(FileCall call, ModeAtomic atomic, IActorRef caller, InFences? known = null)
    {
        if (_view.Gone)
        {
            Complete(call, caller, atomic, Errno.ENODEV);
            return;
        }

        var errno = AtomicRequest.Parse(
            _view.State, atomic, LeaseOf(call), out var draft, out var fences, known is null ? _view.IsSyncFile : known.Has);
        if (errno == Errno.None)
            errno = AtomicRequest.Signal(draft, atomic);
        if (errno == Errno.None)
            errno = InFences.Find(draft, _view.Descriptors, ref known);
        var events = draft.Crtcs.Count(c => c.HasEvent);
        if (errno == Errno.None && events > call.Events)
        {
            // It touches more CRTCs than when the file counted them: the file counts again.
            ReleaseEvents(call, call.Events);
            call.File.Tell(new CommitAgain(atomic), caller);
            return;
        }

        if (errno == Errno.None)
            errno = Told(draft, CommitCheck.Check(draft));
        var isNonBlocking = atomic.Flags.HasFlag(AtomicFlags.NonBlock);
        if (errno == Errno.None && isNonBlocking && draft.Crtcs.Any(c => _commits.IsBusy(c.Crtc.Index) && !_commits.IsBlocked(c.Crtc.Index)))
            errno = Errno.EBUSY;
        if (errno == Errno.EBUSY && _setup.Driver.Planted == PlantedBug.DescriptorOfRefusedCommit)
            SyncFilesOf(draft, CommitsOf(draft, _ => null));
        if (errno != Errno.None)
        {
            Refuse(call, caller, errno, fences);
            return;
        }

        if (draft.Crtcs.Any(c => _commits.IsBusy(c.Crtc.Index)))
        {
            _commits.WaitBehind(new(
                call.FileId, caller, () => Commit(call, atomic, caller, known), why => Refuse(call, caller, why, fences)));
            return;
        }

        var after = known is { HaveCome: true } ? null : FencesOf(draft, known);
        if (after is not null && !isNonBlocking)
        {
            _commits.WaitFor(after, CrtcsOf(draft), new(
                call.FileId, caller, () => Commit(call, atomic, caller, InFences.Come(known)), why => Refuse(call, caller, why, fences)));
            return;
        }

        errno = FailedCommit();
        if (errno != Errno.None)
        {
            Refuse(call, caller, errno, fences);
            return;
        }

        ReleaseEvents(call, call.Events - events);
        var next = Publish(draft);
        var crtcs = CommitsOf(draft, c => c.HasEvent ? new FlipRequest(call.File, atomic.UserData) : null);
        void Answer() => call.File.Tell(new CallAnswer(
            caller, _view.Gone ? AtomicRequest.Answer(Errno.ENODEV, fences) : AtomicRequest.Answer(fences, SyncFilesOf(draft, crtcs))));
        if (!isNonBlocking)
        {
            _commits.Start(next, crtcs, blocking: true, After(draft, next, Answer), draft.IsAsync);
            return;
        }

        _commits.Start(next, crtcs, blocking: false, After(draft, next, () => { }), draft.IsAsync, after);
        foreach (var early in _setup.Driver.Planted == PlantedBug.OutFenceBeforeLatch ? crtcs : [])
            early.Shown?.Signal(_setup.Clock.Now);
        Answer();
    }

    // Which limit it was, no errno says. Tests ask all the time, and are not told of.
    private Errno Told(CommitDraft draft, Errno errno)
    {
        if (draft.Passed is { } sentence)
            _log.Info("card{0}: a commit is refused with {1}; allowed: {2}", _setup.Minor, errno, sentence);
        return errno;
    }

    private static void Refuse(FileCall call, IActorRef caller, Errno errno, ImmutableArray<ulong> fences)
    {
        ReleaseEvents(call, call.Events);
        call.File.Tell(new CallAnswer(caller, AtomicRequest.Answer(errno, fences)));
    }

    private void Flip(FileCall call, ModePageFlip flip, IActorRef caller)
    {
        if (_view.Gone)
        {
            ReleaseEvents(call, call.Events);
            Complete(call, caller, Errno.ENODEV);
            return;
        }

        var draft = PageFlipCheck.Draft(_view.State, flip);
        if (draft.Config.Find(flip.Crtc) is { } crtc && _commits.IsBlocked(crtc.Index))
        {
            _commits.WaitBehind(new(call.FileId, caller, () => Flip(call, flip, caller), why =>
            {
                ReleaseEvents(call, call.Events);
                Complete(call, caller, why);
            }));
            return;
        }

        var errno = Told(draft, PageFlipCheck.Build(draft, flip, call.HasEventSpace));
        if (errno == Errno.None && _setup.Driver.Planted == PlantedBug.FailedFlipPublished)
            Publish(draft);
        if (errno == Errno.None && draft.Crtcs.Any(c => _commits.IsBusy(c.Crtc.Index)))
            errno = Errno.EBUSY;
        if (errno == Errno.None)
            errno = FailedCommit();
        if (errno != Errno.None)
        {
            ReleaseEvents(call, call.Events);
            Complete(call, caller, errno);
            return;
        }

        var after = FencesOf(draft);
        var next = Publish(draft);
        var request = call.HasEventSpace ? new FlipRequest(call.File, flip.UserData) : null;
        var crtcs = draft.Crtcs.Select(c => new CrtcCommit(c.Crtc, c.HasEvent ? request : null, [])).ToList();
        _commits.Start(next, crtcs, blocking: false, After(draft, next, () => { }), draft.IsAsync, after);
        Complete(call, caller, Errno.None);
    }

    // A blocking commit of one of the older calls.
    private void Commit(
        Func<CommitDraft, Errno> build, FileCall call, IActorRef caller, CommitDraft? stale = null, bool haveFencesCome = false)
    {
        if (_view.Gone)
        {
            Complete(call, caller, Errno.ENODEV);
            return;
        }

        var draft = stale ?? new CommitDraft(_view.State) { Lease = LeaseOf(call) };
        var errno = stale is null ? Told(draft, build(draft)) : Errno.None;
        if (errno != Errno.None)
        {
            Complete(call, caller, errno);
            return;
        }

        if (draft.Crtcs.Any(c => _commits.IsBusy(c.Crtc.Index)))
        {
            _commits.WaitBehind(new(
                call.FileId,
                caller,
                () => Commit(build, call, caller, _setup.Driver.Planted == PlantedBug.StaleCommit ? draft : null, haveFencesCome),
                why => Complete(call, caller, why)));
            return;
        }

        if (!haveFencesCome && FencesOf(draft) is { } after)
        {
            _commits.WaitFor(after, CrtcsOf(draft), new(
                call.FileId, caller, () => Commit(build, call, caller, haveFencesCome: true), why => Complete(call, caller, why)));
            return;
        }

        errno = FailedCommit();
        if (errno != Errno.None)
        {
            Complete(call, caller, errno);
            return;
        }

        var next = Publish(draft);
        _commits.Block(next, CrtcsOf(draft), After(draft, next, () => Complete(call, caller, _view.Gone ? Errno.ENODEV : Errno.None)));
    }

    private Lease? LeaseOf(FileCall call) => _files.GetValueOrDefault(call.FileId)?.View.Lease;

    private KmsState Publish(CommitDraft draft)
    {
        _view.State = draft.Build();
        VanishBehind(draft);
        LeaveWhatIsDark();
        return _view.State;
    }

    // What no file has goes when no plane shows it any more.
    private Action After(CommitDraft draft, KmsState next, Action done)
    {
        var left = StateChanges.LeftBehind(draft, next);
        return left.IsEmpty ? done : () =>
        {
            done();
            RemoveFramebuffers(left, () => { });
        };
    }

    private static List<Crtc> CrtcsOf(CommitDraft draft) => draft.Crtcs.Select(c => c.Crtc).ToList();
}
