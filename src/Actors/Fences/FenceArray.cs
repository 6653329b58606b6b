using DrmActors.Messages;

namespace DrmActors.Actors.Fences;

/// <summary>
/// Several fences as one: signalled when all of them are, with the time of the last and the error of the first that has one. It waits for its parts only
/// while somebody waits for it, so that one that is forgotten leaves nothing at fences that have yet to come.
/// </summary>
internal sealed class FenceArray : Fence, IFenceWaiter
{
    private readonly Lock _lock = new();
    private readonly Fence[] _parts;
    private Fence? _awaited;
    private LinkedListNode<IFenceWaiter>? _waiting;

    private FenceArray(Fence[] parts, ulong context)
        : base("dma_fence_array", "unbound", context, sequence: 1)
    {
        _parts = parts;
    }

    public override IReadOnlyList<Fence> Parts => _parts;

    public override bool IsSignaled => base.IsSignaled || (_parts.All(p => p.IsSignaled) && SignalAsParts());

    /// <summary>
    /// One fence that is signalled when all of these are. Of each context only the latest counts, as it comes after the others; what is signalled already
    /// counts no more. So it may be one of them, or one that is signalled, with the time of the last of them.
    /// </summary>
    /// <param name="contexts">Of the host.</param>
    public static Fence Merge(IEnumerable<Fence> fences, FenceContexts contexts)
    {
        var last = 0L;
        var latest = new SortedDictionary<ulong, Fence>();
        foreach (var fence in fences.SelectMany(f => f.Parts))
        {
            if (fence.IsSignaled)
                last = Math.Max(last, fence.Time);
            else if (!latest.TryGetValue(fence.Context, out var other) || fence.IsAfter(other))
                latest[fence.Context] = fence;
        }

        return latest.Count switch
        {
            0 => StubFence.At(last),
            1 => latest.First().Value,
            _ => new FenceArray([.. latest.Values], contexts.Next()),
        };
    }

    public override void SetDeadline(long deadline)
    {
        foreach (var part in _parts)
            part.SetDeadline(deadline);
    }

    void IFenceWaiter.Signaled(Fence fence)
    {
        lock (_lock)
            if (fence == _awaited)
                (_awaited, _waiting) = (null, null);
        if (HasWaiters)
            Enable();
    }

    // One part after the other: what is waited for is never more than one of them.
    protected override void Enable()
    {
        lock (_lock)
        {
            if (_waiting is not null)
                return;
            foreach (var part in _parts)
            {
                _waiting = part.Wait(this);
                _awaited = part;
                if (_waiting is not null)
                    return;
            }

            _awaited = null;
        }

        SignalAsParts();
    }

    protected override void Disable()
    {
        lock (_lock)
        {
            if (_waiting is null || HasWaiters)
                return;
            _awaited!.Forget(_waiting);
            (_awaited, _waiting) = (null, null);
        }
    }

    private bool SignalAsParts()
    {
        Signal(_parts.Max(p => p.Time), _parts.Select(p => p.Error).FirstOrDefault(e => e != Errno.None));
        return true;
    }
}
