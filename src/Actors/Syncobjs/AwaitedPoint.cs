using DrmActors.Actors.Fences;

namespace DrmActors.Actors.Syncobjs;

/// <summary>
/// One point of a wait.
/// <code>without a fence --Submitted--> fence found --Signaled--> has come</code>
/// </summary>
internal sealed class AwaitedPoint(PendingWait wait, Syncobj syncobj, ulong point) : ISubmitWaiter, IFenceWaiter
{
    private readonly Lock _lock = new();
    private LinkedListNode<ISubmitWaiter>? _atSyncobj;
    private LinkedListNode<IFenceWaiter>? _atFence;
    private volatile Fence? _fence;
    private volatile bool _isFound;
    private int _came;

    /// <summary>What was found for it; null for nothing yet, and for what had been signalled by then.</summary>
    public Fence? Fence => _fence;

    /// <summary>It counts as come for its wait, also where it has not been told yet: of those that come together the first is told of.</summary>
    public bool HasCome => Volatile.Read(ref _came) != 0
        || (_isFound ? IsEnough(_fence) : syncobj.Fence is { } held && ChainFence.IsAvailable(held, point) && IsEnough(ChainFence.Find(held, point)));

    /// <param name="held">What the syncobj held when the wait began, where the point was in it.</param>
    public void Register(Fence? held)
    {
        if (held is null)
        {
            var node = syncobj.Wait(point, this, out held);
            if (node is not null)
            {
                lock (_lock)
                    _atSyncobj = node;
                ForgetIfEnded();
                return;
            }
        }

        Submitted(held!);
    }

    public void Submitted(Fence held)
    {
        _fence = ChainFence.Find(held, point);
        _isFound = true;
        if (wait.IsForFences || _fence?.Wait(this) is not { } node)
        {
            Come();
            return;
        }

        lock (_lock)
            _atFence = node;
        ForgetIfEnded();
    }

    public void Signaled(Fence fence) => Come();

    public void Forget()
    {
        LinkedListNode<ISubmitWaiter>? atSyncobj;
        LinkedListNode<IFenceWaiter>? atFence;
        lock (_lock)
        {
            (atSyncobj, atFence) = (_atSyncobj, _atFence);
            (_atSyncobj, _atFence) = (null, null);
        }

        if (atSyncobj is not null)
            syncobj.Forget(point, atSyncobj);
        if (atFence is not null)
            _fence!.Forget(atFence);
    }

    private bool IsEnough(Fence? found) => wait.IsForFences || found is null or { IsSignaled: true };

    // Who ended the wait meanwhile has not seen this registration.
    private void ForgetIfEnded()
    {
        if (wait.HasEnded)
            Forget();
    }

    private void Come()
    {
        if (Interlocked.Exchange(ref _came, 1) == 0)
            wait.Came();
    }
}
