using DrmActors.Messages;

namespace DrmActors.Kms.Limits;

/// <summary>There are fewer clock generators than CRTCs.</summary>
internal sealed class ActiveCrtcsLimit(uint most) : ICommitLimit
{
    public string Sentence => $"at most {most} lit CRTCs";

    public Errno Check(CommitDraft draft) =>
        draft.Config.Crtcs.Count(c => draft[c].IsLit()) > most ? Errno.EINVAL : Errno.None;
}
