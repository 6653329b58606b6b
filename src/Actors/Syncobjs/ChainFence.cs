using DrmActors.Actors.Fences;

namespace DrmActors.Actors.Syncobjs;

/// <summary>
/// A point of a timeline: signalled when its own fence is, and the one that was in the syncobj before it. Points that ascend share a context; one that does
/// not begins another, and still comes after all before it. What is before and has its own fence signalled is unlinked as soon as somebody passes by.
/// It waits for others only while somebody waits for it.
/// </summary>
internal sealed class ChainFence : Fence, IFenceWaiter
{
    private readonly Lock _lock = new();
    private readonly Fence _own;
    private Fence? _previous;

    // Of what is unlinked already.
    private long _latest;

    // What is waited for, one fence at a time. While one is being chosen nothing is locked: to wait for a fence may signal it, and others with it.
    private Fence? _awaited;
    private LinkedListNode<IFenceWaiter>? _waiting;
    private bool _isChoosing;
    private bool _wasSignaled;

    private ChainFence(Fence? previous, Fence own, ulong previousPoint, ulong context, ulong point)
        : base("dma_fence_chain", "unbound", context, point)
    {
        (_previous, _own, PreviousPoint) = (previous, own, previousPoint);
    }

    /// <summary>The point before it of the same context; 0 for none.</summary>
    public ulong PreviousPoint { get; }

    public override bool IsSignaled => base.IsSignaled || (_own.IsSignaled && Before() is null && SignalAsAll());

    /// <summary>The fences of all points that have yet to come.</summary>
    public override IReadOnlyList<Fence> Parts
    {
        get
        {
            var parts = new List<Fence>(_own.Parts);
            for (var before = Before(); before is not null; before = (before as ChainFence)?.Before())
                parts.AddRange(before is ChainFence chain ? chain._own.Parts : before.Parts);
            return parts;
        }
    }

    /// <summary>A point after what a syncobj holds. One that is not above it gets its number: points never go back.</summary>
    /// <param name="own">No point itself: see <see cref="Fence.Parts"/>.</param>
    /// <param name="goesBack">Else: a planted bug.</param>
    public static ChainFence After(Fence? previous, Fence own, ulong point, FenceContexts contexts, bool goesBack = false) => previous is ChainFence last
        ? point > last.Sequence
            ? new ChainFence(last, own, last.Sequence, last.Context, point)
            : new ChainFence(last, own, 0, contexts.Next(), goesBack ? point : last.Sequence)
        : new ChainFence(previous, own, 0, contexts.Next(), point);

    /// <summary>Whether a point has a fence, in a syncobj that holds this; point 0 is all of it.</summary>
    public static bool IsAvailable(Fence? held, ulong point) => held is not null && (point == 0 || (held is ChainFence last && last.Sequence >= point));

    /// <summary>The fence to wait for; null where the point has come, and all before it.</summary>
    /// <param name="held">What the syncobj holds: <see cref="IsAvailable"/>.</param>
    public static Fence? Find(Fence held, ulong point)
    {
        if (point == 0 || held is not ChainFence last)
            return held;
        Fence? found = last;
        while (found is ChainFence chain && chain.Context == last.Context && chain.PreviousPoint >= point)
            found = chain.Before();
        return found;
    }

    /// <summary>How far a timeline has come; 0 for what is none.</summary>
    /// <param name="submitted">Whether it is about fences that are there, or those that are signalled.</param>
    public static ulong PointOf(Fence? held, bool submitted)
    {
        if (held is not ChainFence last)
            return 0;
        if (submitted || last.IsSignaled)
            return last.Sequence;
        // The oldest that has yet to come. Of points that did not ascend only the latest context counts.
        var oldest = last;
        while (oldest.Before() is ChainFence before && before.Context == last.Context)
            oldest = before;
        return oldest.PreviousPoint;
    }

    public override void SetDeadline(long deadline)
    {
        foreach (var part in Parts)
            part.SetDeadline(deadline);
    }

    /// <summary>The nearest one before that has yet to come; null for none. Unlinks those on the way.</summary>
    public Fence? Before()
    {
        while (Volatile.Read(ref _previous) is { } previous)
        {
            if (!(previous is ChainFence chain ? chain._own : previous).IsSignaled)
                return previous;
            // Its link first, then its time: a link that has moved on has left its time behind before.
            var next = previous is ChainFence passed ? Volatile.Read(ref passed._previous) : null;
            Note(previous is ChainFence p ? Math.Max(p._own.Time, Volatile.Read(ref p._latest)) : previous.Time);
            Interlocked.CompareExchange(ref _previous, next, previous);
        }

        return null;
    }

    void IFenceWaiter.Signaled(Fence fence)
    {
        lock (_lock)
        {
            if (_isChoosing)
                _wasSignaled = true;
            else if (fence == _awaited)
                (_awaited, _waiting) = (null, null);
        }

        if (HasWaiters)
            Enable();
    }

    protected override void Enable()
    {
        while (TryChoose())
        {
            var part = _own.IsSignaled ? Before() is { } before ? before is ChainFence chain ? chain._own : before : null : _own;
            if (part is null)
            {
                lock (_lock)
                    _isChoosing = false;
                SignalAsAll();
                return;
            }

            var waiting = part.Wait(this);
            if (TrySettle(part, waiting) || waiting is null)
                continue;
            part.Forget(waiting);
        }
    }

    protected override void Disable()
    {
        Fence awaited;
        LinkedListNode<IFenceWaiter> waiting;
        lock (_lock)
        {
            if (_isChoosing || _waiting is null || HasWaiters)
                return;
            (awaited, waiting) = (_awaited!, _waiting);
            (_awaited, _waiting) = (null, null);
        }

        awaited.Forget(waiting);
    }

    private bool TryChoose()
    {
        lock (_lock)
        {
            if (_isChoosing || _waiting is not null || base.IsSignaled || !HasWaiters)
                return false;
            _wasSignaled = false;
            return _isChoosing = true;
        }
    }

    // Whoever comes to wait from here on chooses again where nothing is waited for.
    private bool TrySettle(Fence part, LinkedListNode<IFenceWaiter>? waiting)
    {
        lock (_lock)
        {
            _isChoosing = false;
            if (waiting is null || _wasSignaled || !HasWaiters)
                return false;
            (_awaited, _waiting) = (part, waiting);
            return true;
        }
    }

    private bool SignalAsAll()
    {
        // Of an error its own fence tells, which is its part; it has come all the same.
        Signal(Math.Max(_own.Time, Volatile.Read(ref _latest)));
        Volatile.Write(ref _previous, null);
        return true;
    }

    private void Note(long time)
    {
        for (var latest = Volatile.Read(ref _latest); latest < time;)
        {
            var seen = Interlocked.CompareExchange(ref _latest, time, latest);
            if (seen == latest)
                return;
            latest = seen;
        }
    }
}
