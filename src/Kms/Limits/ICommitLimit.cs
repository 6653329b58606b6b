using DrmActors.Messages;

namespace DrmActors.Kms.Limits;

/// <summary>One thing that a device's hardware cannot do. Pure: the same draft has the same answer, whoever asks and how often.</summary>
public interface ICommitLimit
{
    /// <summary>For people: what is allowed.</summary>
    string Sentence { get; }

    /// <summary>None where the draft keeps it, else what a driver of such hardware answers.</summary>
    Errno Check(CommitDraft draft);
}
