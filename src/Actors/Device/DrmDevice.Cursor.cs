using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Device;

// The cursor calls: commits of the cursor plane that wait for no vblank, neither one of their own nor that of a flip which is under way.
internal sealed partial class DrmDevice
{
    private void MoveCursor(FileCall call, ShowCursor show, IActorRef caller)
    {
        if (!_files.TryGetValue(call.FileId, out var file) || file.Closing)
        {
            // Closed while it waited: its references go with it.
            Complete(call, caller, Errno.EBADF);
            return;
        }

        var draft = new CommitDraft(_view.State);
        var errno = _view.Gone ? Errno.ENODEV : Told(draft, CursorCheck.Build(draft, show.Call, show.Framebuffer));
        if (errno != Errno.None)
        {
            Drop(call.FileId, show.Objects);
            Complete(call, caller, errno);
            return;
        }

        // What else is on the way to a CRTC may be a modeset, and that is waited for.
        if (draft.Crtcs.Any(c => _commits.IsBlocked(c.Crtc.Index)))
        {
            _commits.WaitBehind(() => MoveCursor(call, show, caller));
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
                _view.Pipes[crtc.Crtc.Index].Tell(new CursorMoved(plane.Old, plane.New, next.Shown(crtc.Crtc)));
    }
}
