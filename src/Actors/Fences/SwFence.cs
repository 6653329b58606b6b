namespace DrmActors.Actors.Fences;

/// <summary>A point of a <see cref="SwTimeline"/>.</summary>
internal sealed class SwFence(SwTimeline of, ulong context, ulong sequence) : Fence("sw_sync", of.Name, context, sequence)
{
    private readonly Lock _lock = new();
    private long? _deadline;

    public SwTimeline Of => of;

    /// <summary>The earliest that somebody has asked for, in nanoseconds; null where nobody has.</summary>
    public long? Deadline
    {
        get
        {
            lock (_lock)
                return _deadline;
        }
    }

    // Points go round.
    public override bool IsAfter(Fence other) => (int)((uint)Sequence - (uint)other.Sequence) > 0;

    public override void SetDeadline(long deadline)
    {
        // What has happened is not hurried any more.
        if (IsSignaled)
            return;
        lock (_lock)
            _deadline = Math.Min(_deadline ?? deadline, deadline);
    }
}
