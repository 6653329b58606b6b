using DrmActors.Messages;

namespace DrmActors.Kms.Limits;

/// <summary>One scaler stands behind the mixer, and so scales everything alike.</summary>
internal sealed class SameScalingLimit : ICommitLimit
{
    public string Sentence => "all planes of a CRTC scaled alike";

    public Errno Check(CommitDraft draft)
    {
        foreach (var crtc in draft.Crtcs)
        {
            PlaneScale? first = null;
            foreach (var (_, plane) in draft.ShownOn(crtc.New))
            {
                var scale = PlaneScale.Of(plane);
                if (scale != (first ??= scale))
                    return Errno.EINVAL;
            }
        }

        return Errno.None;
    }
}
