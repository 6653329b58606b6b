using DrmActors.Messages;

namespace DrmActors.Kms.Limits;

/// <summary>The mixer takes its overlays as underlays: the primary plane has to let them through.</summary>
internal sealed class OverlayBelowPrimaryLimit : ICommitLimit
{
    public string Sentence => "overlays lie below the primary plane";

    public Errno Check(CommitDraft draft)
    {
        foreach (var crtc in draft.Crtcs)
        {
            var primary = draft.Config.PrimaryOf(crtc.Crtc);
            if (draft[primary].Framebuffer is null)
                continue;
            var height = primary.Height(draft[primary]);
            foreach (var (plane, state) in draft.ShownOn(crtc.New))
                if (plane.Type == PlaneType.Overlay && plane.Height(state) >= height)
                    return Errno.EINVAL;
        }

        return Errno.None;
    }
}
