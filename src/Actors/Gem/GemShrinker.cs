using Akka.Actor;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Actors.Gem;

/// <summary>
/// The memory limit of a device, and the list of objects whose contents their clients do not need: those that became so first are asked first. What would
/// not fit waits while they are asked, one after the other, each once; it is refused where that does not help. Of the GEM core's actor alone.
/// </summary>
internal sealed class GemShrinker(long? limit)
{
    private readonly LinkedList<GemEntry> _purgeable = new();
    private readonly Queue<(CreateObject Create, IActorRef Caller)> _waiting = new();
    private GemEntry? _asked;
    private int _toAsk = -1;

    /// <summary>Bytes of objects whose contents count.</summary>
    public long Used { get; private set; }

    /// <summary>Those that may be asked.</summary>
    public int Purgeable => _purgeable.Count;

    /// <summary>What waits for room.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Whether something new has to wait, or could never fit.</summary>
    public bool IsShortFor(long size) => limit is not null && (_waiting.Count > 0 || !Fits(size));

    public void Wait(CreateObject create, IActorRef caller) => _waiting.Enqueue((create, caller));

    /// <summary>A new object with memory of its own.</summary>
    public void Add(GemEntry entry)
    {
        Used += entry.Object.Block.Length;
        entry.IsCounted = true;
    }

    public void Forget(GemEntry entry)
    {
        Uncount(entry);
        if (_asked == entry)
            _asked = null;
    }

    public void Advise(GemEntry entry, bool isNeeded)
    {
        if (isNeeded && entry.Purgeable is { } node)
        {
            _purgeable.Remove(node);
            entry.Purgeable = null;
        }
        else if (!isNeeded && entry.IsCounted)
        {
            entry.Purgeable ??= _purgeable.AddLast(entry);
        }
    }

    /// <summary>An object has answered. One that was in use is asked last the next time.</summary>
    public void Answered(GemEntry entry, bool isPurged)
    {
        if (_asked == entry)
            _asked = null;
        if (isPurged)
        {
            Uncount(entry);
        }
        else if (entry.Purgeable is { } node)
        {
            _purgeable.Remove(node);
            _purgeable.AddLast(node);
        }
    }

    /// <summary>Goes on with what waits, as far as it can without an answer.</summary>
    public void GoOn(Action<CreateObject, IActorRef> create, Action<CreateObject, IActorRef> refuse)
    {
        while (_asked is null && _waiting.TryPeek(out var next))
        {
            if (Fits(next.Create.Size))
            {
                _waiting.Dequeue();
                _toAsk = -1;
                create(next.Create, next.Caller);
                continue;
            }

            _toAsk = next.Create.Size > limit ? 0 : _toAsk < 0 ? _purgeable.Count : Math.Min(_toAsk, _purgeable.Count);
            if (_toAsk == 0)
            {
                _waiting.Dequeue();
                _toAsk = -1;
                refuse(next.Create, next.Caller);
                continue;
            }

            _toAsk--;
            _asked = _purgeable.First!.Value;
            _asked.Object.Object.Tell(EvictObject.Instance);
        }
    }

    /// <summary>What waits for a holder that is gone, or for anybody, is taken off the list.</summary>
    public IReadOnlyList<(CreateObject Create, IActorRef Caller)> TakeWaiting(Predicate<Holder> of)
    {
        var all = _waiting.ToArray();
        _waiting.Clear();
        foreach (var waiting in all.Where(w => !of(w.Create.Holder)))
            _waiting.Enqueue(waiting);
        return [.. all.Where(w => of(w.Create.Holder))];
    }

    private void Uncount(GemEntry entry)
    {
        Used -= entry.IsCounted ? entry.Object.Block.Length : 0;
        entry.IsCounted = false;
        Advise(entry, isNeeded: true);
    }

    private bool Fits(long size) => limit is null || size <= limit - Used;
}
