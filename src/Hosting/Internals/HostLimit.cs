using DrmActors.Kms;
using DrmActors.Kms.Limits;
using DrmActors.Messages;

namespace DrmActors.Hosting.Internals;

/// <summary>The host's own predicate, as one more limit of the device.</summary>
internal sealed class HostLimit(string board, Func<ProposedCommit, Errno> refuse) : ICommitLimit
{
    public string Sentence => "what the host allows";

    public Errno Check(CommitDraft draft)
    {
        try
        {
            return refuse(ProposedCommit.Of(board, draft));
        }
        catch (Exception)
        {
            // Somebody else's code; the device goes on.
            return Errno.EIO;
        }
    }
}
