using DrmActors.Actors.Fences;

namespace DrmActors.Actors.Syncobjs;

/// <summary>Who waits for a point to get a fence.</summary>
internal interface ISubmitWaiter
{
    /// <summary>Once, on the thread that brought it.</summary>
    /// <param name="held">What the syncobj holds: the point is in it.</param>
    void Submitted(Fence held);
}

/// <summary>
/// A box for a fence: of every file that has a handle, and of every descriptor. It lives as long as somebody knows it. Thread-safe, so that a signal gets
/// to a waiter in another file without a third party.
/// </summary>
internal sealed class Syncobj(FenceContexts contexts, Fence? fence, PlantedBug planted = PlantedBug.None)
{
    private readonly Lock _lock = new();
    private Fence? _fence = fence;

    // By point, and for each in the order of arrival: what a new fence is not for is not looked at.
    private SortedDictionary<ulong, LinkedList<ISubmitWaiter>>? _waiters;

    /// <summary>Null for none.</summary>
    public Fence? Fence => Volatile.Read(ref _fence);

    /// <summary>Those that wait for a point to get a fence.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _waiters?.Values.Sum(w => w.Count) ?? 0;
        }
    }

    /// <summary>Another fence, or none, for all that it held.</summary>
    public void Replace(Fence? fence)
    {
        List<ISubmitWaiter>? waiters;
        lock (_lock)
        {
            Volatile.Write(ref _fence, fence);
            waiters = TakeThose(fence);
        }

        Tell(waiters, fence);
    }

    /// <summary>One more point of a timeline. What is in it as well stays before it.</summary>
    /// <param name="own">No point itself.</param>
    public void Add(ulong point, Fence own)
    {
        List<ISubmitWaiter>? waiters;
        ChainFence chain;
        lock (_lock)
        {
            chain = ChainFence.After(_fence, own, point, contexts, goesBack: planted == PlantedBug.TimelineGoesBack);
            Volatile.Write(ref _fence, chain);
            waiters = TakeThose(chain);
        }

        Tell(waiters, chain);
        chain.Before();
    }

    /// <summary>Waits until a point has a fence. Null where it has one now: then nobody is called. Else what <see cref="Forget"/> takes.</summary>
    /// <param name="held">What the syncobj holds, where the point is in it.</param>
    public LinkedListNode<ISubmitWaiter>? Wait(ulong point, ISubmitWaiter waiter, out Fence? held)
    {
        lock (_lock)
        {
            held = _fence;
            if (ChainFence.IsAvailable(held, point))
                return null;
            _waiters ??= [];
            if (!_waiters.TryGetValue(point, out var list))
                _waiters.Add(point, list = new());
            return list.AddLast(waiter);
        }
    }

    /// <summary>Waits no longer. Nothing where the waiter has been called, or is being called.</summary>
    public void Forget(ulong point, LinkedListNode<ISubmitWaiter> waiting)
    {
        lock (_lock)
        {
            if (waiting.List is not { } list || _waiters is null || !_waiters.TryGetValue(point, out var ours) || list != ours)
                return;
            list.Remove(waiting);
            if (list.Count == 0)
                _waiters.Remove(point);
        }
    }

    private static void Tell(List<ISubmitWaiter>? waiters, Fence? held)
    {
        foreach (var waiter in waiters ?? [])
            waiter.Submitted(held!);
    }

    private List<ISubmitWaiter>? TakeThose(Fence? held)
    {
        List<ISubmitWaiter>? taken = null;
        while (_waiters is { Count: > 0 })
        {
            var (point, list) = _waiters.First();
            if (!ChainFence.IsAvailable(held, point))
                break;
            _waiters.Remove(point);
            (taken ??= []).AddRange(list);
        }

        return taken;
    }
}
