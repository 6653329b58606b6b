using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Device;

// The cursor calls: commits of the cursor plane that wait for no vblank, neither one of their own nor that of a flip which is under way. What writes to
// the picture is waited for.
internal sealed partial class DrmDevice
{
    private void MoveCursor(FileCall call, ShowCursor show, IActorRef caller, bool haveFencesCome = false)
    {
        if (!_files.TryGetValue(call.FileId, out var file) || file.Closing)
        {
            // Its references go with it.
            Complete(call, caller, Errno.EBADF);
            return;
        }

        void GiveUp(Errno why)
        {
            Drop(call.FileId, show.Objects);
            Complete(call, caller, why);
        }

        var draft = new CommitDraft(_view.State);
        var errno = _view.Gone ? Errno.ENODEV : Told(draft, CursorCheck.Build(draft, show.Call, show.Framebuffer));
        if (errno != Errno.None)
        {
            GiveUp(errno);
            return;
        }

        // What else is on the way to a CRTC may be a modeset, and that is waited for; a wait for fences has the CRTC to itself.
        var after = haveFencesCome ? null : WritersOf(show.Objects);
        if (draft.Crtcs.Any(c => after is null ? _commits.IsBlocked(c.Crtc.Index) : _commits.IsBusy(c.Crtc.Index)))
        {
            _commits.WaitBehind(new(call.FileId, caller, () => MoveCursor(call, show, caller, haveFencesCome), GiveUp));
            return;
        }

        if (after is not null)
        {
            _commits.WaitFor(after, CrtcsOf(draft), new(call.FileId, caller, () => MoveCursor(call, show, caller, haveFencesCome: true), GiveUp));
            return;
        }

        var next = draft.Build();
        if (show.Framebuffer is not null)
        {
            var shown = next.Planes[next.Config.CursorOf(next.Config.Find(show.Call.Crtc)!)!.Index].Framebuffer!;
            _framebufferObjects.Add(shown.Id.Value, show.Objects);
            // It stays where its file goes.
            Adopt(call.FileId, show.Objects);
        }

        var left = StateChanges.LeftBehind(draft, next);
        _view.State = next;
        if (draft.Crtcs.Any(c => _commits.IsBusy(c.Crtc.Index)))
        {
            Overtake(draft, next);
            Complete(call, caller, Errno.None);
            RemoveFramebuffers(left, () => { });
            return;
        }

        _commits.Block(
            next,
            CrtcsOf(draft),
            () =>
            {
                Complete(call, caller, _view.Gone ? Errno.ENODEV : Errno.None);
                RemoveFramebuffers(left, () => { });
            },
            immediate: true);
    }

    // The flip that is under way takes the cursor along as it is now.
    private void Overtake(CommitDraft draft, KmsState next)
    {
        foreach (var plane in draft.Planes)
            foreach (var crtc in draft.Crtcs)
            {
                var shown = next.Shown(crtc.Crtc);
                _commits.Give(crtc.Crtc.Index, shown);
                _view.Pipes[crtc.Crtc.Index].Tell(new CursorMoved(plane.Old, plane.New, shown));
            }
    }
}
