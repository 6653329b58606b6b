using DrmActors.Messages;

namespace DrmActors.Kms.Limits;

/// <summary>One clock feeds all CRTCs.</summary>
internal sealed class TotalPixelClockLimit(uint most) : ICommitLimit
{
    public string Sentence => $"at most {most} kHz of all modes together";

    public Errno Check(CommitDraft draft) =>
        draft.Config.Crtcs.Sum(c => (long)(draft[c].Mode?.Clock ?? 0)) > most ? Errno.EINVAL : Errno.None;
}
