using System.Runtime.InteropServices;
using Akka.Actor.Internal;

namespace Akka.Actor;

/// <summary>
/// The children of one cell by name: a hash table whose chains run through the children themselves. Locked, because selections read it from
/// any thread, and a guardian gets children from any thread.
/// </summary>
internal sealed partial class ChildTable
{
    private LocalActor[] _buckets = new LocalActor[4];
    private int _count;
    private int _dying;
    private long _unnamed;
    private Exception _cause;
    private Dictionary<LocalActor, ChildRestartStats> _stats;

    public SuspendReason Reason { get; private set; }

    public LocalActor Add(ActorCell parent, string name, Func<ActorCell, ActorName, Props, LocalActor> make, Props props)
    {
        lock (this)
        {
            if (Reason == SuspendReason.Termination)
                throw new InvalidOperationException("Cannot create child while terminating or terminated");
            var key = name is null ? ActorName.Automatic(_unnamed++) : ActorName.Of(name);
            if (name is not null && Find(key) is not null)
                throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");
            var child = make(parent, key, props);
            Insert(child);
            return child;
        }
    }

    public LocalActor Find(string name)
    {
        var key = ActorName.Of(name);
        lock (this)
            return Find(key);
    }

    public LocalActor[] Snapshot()
    {
        lock (this)
        {
            var all = new LocalActor[_count];
            var next = 0;
            foreach (var first in _buckets)
            {
                for (var child = first; child is not null; child = child.NextInBucket)
                    all[next++] = child;
            }
            return all;
        }
    }

    /// <summary>The children as they are when somebody looks.</summary>
    public IEnumerable<IInternalActorRef> Lazily()
    {
        foreach (var child in Snapshot())
            yield return child;
    }

    public void ForEach(Action<LocalActor> action)
    {
        foreach (var child in Snapshot())
            action(child);
    }

    /// <summary>Every child's failures, read only when somebody looks.</summary>
    public IReadOnlyCollection<ChildRestartStats> Stats() => new LazyStats(this);

    /// <summary>Kept here and not in the child, whose own run may be on.</summary>
    public ChildRestartStats StatsOf(LocalActor child)
    {
        ref var stats = ref CollectionsMarshal.GetValueRefOrAddDefault(_stats ??= [], child, out _);
        return stats ??= new ChildRestartStats(child);
    }

    /// <summary>The cell is gone: nobody can be found here any more.</summary>
    public void Clear()
    {
        lock (this)
            _buckets = new LocalActor[1];
        _stats = null;
    }

    /// <summary>The child has been told to stop; the cell waits for it before it restarts or stops.</summary>
    public void MarkDying(LocalActor child)
    {
        if (child.Listed && !child.Dying)
        {
            child.Dying = true;
            _dying++;
        }
    }

    /// <summary>Stops every child. False if there is nobody to wait for.</summary>
    public bool StopAll(ActorCell parent, SuspendReason reason)
    {
        lock (this)
        {
            // A stopping cell gets no more children, so that what follows reaches all.
            Reason = reason;
        }
        ForEach(child => parent.Stop(child));
        return WaitForDying(reason, null);
    }

    public bool WaitForDying(SuspendReason reason, Exception cause)
    {
        var wait = _dying > 0;
        Reason = wait || reason == SuspendReason.Termination ? reason : SuspendReason.None;
        _cause = cause;
        return wait;
    }

    /// <summary>Says what the cell was waiting for, if this was the last one.</summary>
    public SuspendReason Remove(LocalActor child, out Exception cause)
    {
        lock (this)
            Unlink(child);
        _stats?.Remove(child);
        cause = _cause;
        if (!child.Dying || --_dying > 0)
            return SuspendReason.None;
        var reason = Reason;
        if (reason != SuspendReason.Termination)
            Reason = SuspendReason.None;
        _cause = null;
        return reason;
    }

    private LocalActor Find(ActorName name)
    {
        for (var child = _buckets[name.Bucket(_buckets.Length - 1)]; child is not null; child = child.NextInBucket)
        {
            if (child.IsNamed(name))
                return child;
        }
        return null;
    }

    private void Insert(LocalActor child)
    {
        if (_count == _buckets.Length)
            Grow();
        ref var first = ref _buckets[ActorName.BucketOf(child.NameKey, _buckets.Length - 1)];
        child.NextInBucket = first;
        first = child;
        child.Listed = true;
        _count++;
    }

    private void Unlink(LocalActor child)
    {
        ref var link = ref _buckets[ActorName.BucketOf(child.NameKey, _buckets.Length - 1)];
        while (!ReferenceEquals(link, child))
            link = ref link.NextInBucket;
        link = child.NextInBucket;
        child.NextInBucket = null;
        child.Listed = false;
        _count--;
    }

    private void Grow()
    {
        var old = _buckets;
        _buckets = new LocalActor[old.Length * 2];
        foreach (var first in old)
        {
            for (var child = first; child is not null;)
            {
                var next = child.NextInBucket;
                ref var to = ref _buckets[ActorName.BucketOf(child.NameKey, _buckets.Length - 1)];
                child.NextInBucket = to;
                to = child;
                child = next;
            }
        }
    }
}
