using DrmActors.Messages;

namespace DrmActors.Actors.Fences;

/// <summary>Who waits for a fence.</summary>
internal interface IFenceWaiter
{
    /// <summary>Once, on the thread that signals: tells, and waits for nothing.</summary>
    void Signaled(Fence fence);
}

/// <summary>
/// Something that will have happened: work on a buffer, a flip, a point of a timeline. Signalled once, for good, with the time and perhaps an error. The
/// fences of one context happen in the order of their numbers. Thread-safe.
/// </summary>
/// <param name="driver">Whose it is, as sync files tell it.</param>
/// <param name="timeline">The context's name, as sync files tell it.</param>
/// <param name="context">Unique in a host.</param>
internal class Fence(string driver, string timeline, ulong context, ulong sequence)
{
    private readonly Lock _lock = new();
    private LinkedList<IFenceWaiter>? _waiters;
    private bool _signaled;

    public string Driver => driver;

    public string Timeline => timeline;

    public ulong Context => context;

    public ulong Sequence => sequence;

    public virtual bool IsSignaled => Volatile.Read(ref _signaled);

    /// <summary>The fences that it is made of: itself, where it is not made of others.</summary>
    public virtual IReadOnlyList<Fence> Parts => [this];

    /// <summary>When it was signalled, in nanoseconds of the host's clock; 0 until then.</summary>
    public long Time { get; private set; }

    /// <summary>Why what it stands for has failed; None for success, and until it is signalled.</summary>
    public Errno Error { get; private set; }

    /// <summary>Somebody waits for it.</summary>
    public bool HasWaiters
    {
        get
        {
            lock (_lock)
                return _waiters is { Count: > 0 };
        }
    }

    /// <summary>Of two fences of one context: it happens after the other one.</summary>
    public virtual bool IsAfter(Fence other) => sequence > other.Sequence;

    /// <summary>
    /// Waits for it. Null where it has been signalled: then nobody is called. Else what <see cref="Forget"/> takes, and the waiter is called once.
    /// </summary>
    public LinkedListNode<IFenceWaiter>? Wait(IFenceWaiter waiter)
    {
        if (IsSignaled)
            return null;
        LinkedListNode<IFenceWaiter> waiting;
        lock (_lock)
        {
            if (_signaled)
                return null;
            waiting = (_waiters ??= new()).AddLast(waiter);
            if (_waiters.Count > 1)
                return waiting;
        }

        Enable();
        return waiting;
    }

    /// <summary>Waits no longer. Nothing where the waiter has been called, or is being called.</summary>
    public void Forget(LinkedListNode<IFenceWaiter> waiting)
    {
        lock (_lock)
        {
            if (waiting.List is not { } list || list != _waiters)
                return;
            list.Remove(waiting);
            if (list.Count > 0)
                return;
        }

        Disable();
    }

    /// <summary>Somebody would like it by then, in nanoseconds of the host's clock. A wish, which most fences cannot do anything about.</summary>
    public virtual void SetDeadline(long deadline)
    {
    }

    /// <summary>It has happened. Those who wait hear of it, in the order in which they began to. False where it had been signalled before.</summary>
    /// <param name="time">In nanoseconds of the host's clock.</param>
    public bool Signal(long time, Errno error = Errno.None)
    {
        LinkedList<IFenceWaiter>? waiters;
        lock (_lock)
        {
            if (_signaled)
                return false;
            (Time, Error) = (time, error);
            Volatile.Write(ref _signaled, true);
            (waiters, _waiters) = (_waiters, null);
        }

        foreach (var waiter in waiters ?? [])
            waiter.Signaled(this);
        return true;
    }

    /// <summary>There is somebody who waits, and was nobody before. May come more than once.</summary>
    protected virtual void Enable()
    {
    }

    /// <summary>The last one who waited has given up. Somebody else may have come by then: see <see cref="HasWaiters"/>.</summary>
    protected virtual void Disable()
    {
    }
}
