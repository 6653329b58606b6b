using DrmActors.Messages;

namespace DrmActors.Kms.Limits;

/// <summary>A CRTC has fewer readers of memory than there are planes.</summary>
internal sealed class PlanesPerCrtcLimit(uint most) : ICommitLimit
{
    public string Sentence => $"at most {most} planes on a CRTC";

    public Errno Check(CommitDraft draft)
    {
        foreach (var crtc in draft.Crtcs)
            if (draft.ShownOn(crtc.New).Count() > most)
                return Errno.EINVAL;
        return Errno.None;
    }
}
