using DrmActors.Hardware.Boards;
using DrmActors.Messages;

namespace DrmActors.Kms.Limits;

/// <summary>A scaler's range, whatever plane it serves.</summary>
internal sealed class ScalingLimit(ScaleRange range) : ICommitLimit
{
    public string Sentence =>
        $"planes enlarged at most {(double)PlaneLimits.Unscaled / range.Least:0.##} times and shrunk at most {(double)range.Greatest / PlaneLimits.Unscaled:0.##} times";

    public Errno Check(CommitDraft draft)
    {
        foreach (var (_, plane) in draft.ShownPlanes())
            if (PlaneScale.Of(plane) is var (horizontal, vertical) && !(IsWithin(horizontal) && IsWithin(vertical)))
                return Errno.ERANGE;
        return Errno.None;
    }

    private bool IsWithin(ulong scale) => scale >= range.Least && scale <= range.Greatest;
}
