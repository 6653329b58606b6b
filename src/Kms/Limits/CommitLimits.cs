using System.Collections.Immutable;
using DrmActors.Hardware.Boards;
using DrmActors.Messages;

namespace DrmActors.Kms.Limits;

/// <summary>The limits of a device, in the order in which they are looked at.</summary>
public static class CommitLimits
{
    public static ImmutableArray<ICommitLimit> Of(LimitsDescription board) => [.. All(board)];

    /// <summary>All of them as one: the first that is passed refuses, and says so in the draft. Null for none, which costs nothing.</summary>
    public static Func<CommitDraft, Errno>? Restriction(ImmutableArray<ICommitLimit> limits) => limits.IsEmpty ? null : draft =>
    {
        foreach (var limit in limits)
            if (limit.Check(draft) is var errno && errno != Errno.None)
            {
                draft.Passed = limit.Sentence;
                return errno;
            }

        return Errno.None;
    };

    private static IEnumerable<ICommitLimit> All(LimitsDescription board)
    {
        if (board.PlanesPerCrtc is { } planes)
            yield return new PlanesPerCrtcLimit(planes);
        if (board.Scaling is { } scaling)
            yield return new ScalingLimit(scaling);
        if (board.SameScaling)
            yield return new SameScalingLimit();
        if (!board.CursorSizes.IsEmpty || board.LeastCursor is not null || board.GreatestCursor is not null)
            yield return new CursorSizeLimit(board.CursorSizes, board.LeastCursor, board.GreatestCursor);
        foreach (var (format, most) in board.PlanesPerFormat)
            yield return new PlanesPerFormatLimit(format, most);
        if (board.YuvStartsEven)
            yield return new YuvStartsEvenLimit();
        if (board.YuvNotReflectedY)
            yield return new YuvReflectionLimit();
        if (board.TiledFromTheCorner)
            yield return new TiledCornerLimit();
        if (board.PrimaryMustBeOn)
            yield return new PrimaryMustBeOnLimit();
        if (board.OverlayBelowPrimaryOnly)
            yield return new OverlayBelowPrimaryLimit();
        if (board.ActiveCrtcs is { } crtcs)
            yield return new ActiveCrtcsLimit(crtcs);
        if (board.TotalPixelClock is { } clock)
            yield return new TotalPixelClockLimit(clock);
        if (board.MemoryBandwidth is { } bandwidth)
            yield return new MemoryBandwidthLimit(bandwidth);
    }
}
