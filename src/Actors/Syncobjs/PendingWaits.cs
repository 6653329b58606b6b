using Akka.Actor;
using DrmActors.Actors.Device;
using DrmActors.Messages;

namespace DrmActors.Actors.Syncobjs;

/// <summary>The waits of a file, the oldest first. Each leaves by itself when it ends, on whatever thread that is. Thread-safe.</summary>
internal sealed class PendingWaits(DeviceView view)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<PendingWait, LinkedListNode<PendingWait>> _nodes = [];
    private readonly LinkedList<PendingWait> _waits = new();

    public int Count
    {
        get
        {
            lock (_lock)
                return _waits.Count;
        }
    }

    /// <summary>Nothing for one that has ended by now.</summary>
    public void Add(PendingWait wait)
    {
        lock (_lock)
        {
            if (wait.HasEnded)
                return;
            _nodes.Add(wait, _waits.AddLast(wait));
            view.CountSyncobjWaits(1);
        }
    }

    public void Remove(PendingWait wait)
    {
        lock (_lock)
        {
            if (!_nodes.Remove(wait, out var node))
                return;
            _waits.Remove(node);
            view.CountSyncobjWaits(-1);
        }
    }

    /// <summary>The wait of a caller, who has one at a time; null for none.</summary>
    public PendingWait? Of(IActorRef caller)
    {
        lock (_lock)
            return _waits.FirstOrDefault(w => w.Caller.Equals(caller));
    }

    /// <summary>The wait of this very call; null for none.</summary>
    public PendingWait? Of(IIoctl call)
    {
        lock (_lock)
            return _waits.FirstOrDefault(w => ReferenceEquals(w.Call, call));
    }

    public void EndAll(Errno errno)
    {
        PendingWait[] all;
        lock (_lock)
            all = [.. _waits];
        foreach (var wait in all)
            wait.End(errno);
    }
}
