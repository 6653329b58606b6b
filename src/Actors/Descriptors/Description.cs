using Akka.Actor;
using DrmActors.Messages;

namespace DrmActors.Actors.Descriptors;

/// <summary>
/// What descriptors stand for: an open dma-buf, sync file or syncobj (an open file description). It ends with the last descriptor of it, wherever that
/// is closed. Thread-safe.
/// </summary>
/// <param name="holders">How often it is held from the beginning.</param>
internal abstract class Description(int holders = 0)
{
    private int _descriptors = holders;

    /// <summary>The last descriptor of it is closed.</summary>
    public bool HasEnded => Volatile.Read(ref _descriptors) < 0;

    /// <summary>How often it is held now.</summary>
    protected int Holders => Volatile.Read(ref _descriptors);

    /// <summary>Another descriptor of it. False where the last one has been closed: then it is nobody's any more.</summary>
    public bool TryHold()
    {
        for (var count = Volatile.Read(ref _descriptors); count >= 0; count = Volatile.Read(ref _descriptors))
            if (Interlocked.CompareExchange(ref _descriptors, count + 1, count) == count)
                return true;
        return false;
    }

    /// <summary>A descriptor of it is closed.</summary>
    public void Drop()
    {
        if (CountDown())
            Released();
    }

    /// <summary>
    /// ioctl(2) on a descriptor of it: tells the caller the reply of the call, once, now or later, and waits for nothing. ENOTTY for a call that is
    /// none of its kind's.
    /// </summary>
    public virtual void Take(IIoctl call, IActorRef caller) => caller.Tell(call.Fail(Errno.ENOTTY), ActorRefs.NoSender);

    /// <summary>One holder less, whatever that means for it.</summary>
    /// <returns>It was the last, and nobody else will be.</returns>
    protected bool CountDown() =>
        Interlocked.Decrement(ref _descriptors) == 0 && Interlocked.CompareExchange(ref _descriptors, -1, 0) == 0;

    /// <summary>The last descriptor is closed. On the thread that closed it: tells, and waits for nothing.</summary>
    protected abstract void Released();
}
