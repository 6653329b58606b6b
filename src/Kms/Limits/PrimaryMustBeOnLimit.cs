using DrmActors.Messages;

namespace DrmActors.Kms.Limits;

/// <summary>Hardware whose primary plane makes the timing of the picture.</summary>
internal sealed class PrimaryMustBeOnLimit : ICommitLimit
{
    public string Sentence => "a lit CRTC shows its primary plane";

    public Errno Check(CommitDraft draft)
    {
        foreach (var crtc in draft.Crtcs)
            if (crtc.New.IsLit() && draft.ShownOn(crtc.New).All(p => p.Plane.Id != crtc.Crtc.Primary))
                return Errno.EINVAL;
        return Errno.None;
    }
}
