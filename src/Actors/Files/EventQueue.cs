using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Actors.Files;

/// <summary>
/// A file's events. Space for one is reserved when it is asked for, and free again when it was read, so a file that never reads is refused
/// its next event and never drops one. Bounded by <see cref="DrmEvent.Space"/>.
/// With a sink, an event goes there as it comes, and counts until it is read there.
/// </summary>
internal sealed class EventQueue(IEventSink? sink = null)
{
    private readonly Queue<DrmEvent> _events = new();
    private int _space = DrmEvent.Space;

    public bool IsEmpty => _events.Count == 0;

    public int Count => _events.Count;

    /// <summary>Bytes for events that have not come.</summary>
    public int Reserved => DrmEvent.Space - _space - _events.Sum(e => e.Length);

    public bool TryReserve(int length)
    {
        if (length > _space || length > _space - (sink?.Unread ?? 0))
            return false;
        _space -= length;
        return true;
    }

    public void Release(int length) => _space += length;

    public void Add(DrmEvent drmEvent)
    {
        if (sink is null)
        {
            _events.Enqueue(drmEvent);
            return;
        }

        sink.Deliver(drmEvent);
        _space += drmEvent.Length;
    }

    /// <summary>No event comes any more: who waits for one at the sink is woken.</summary>
    public void End() => sink?.End();

    /// <summary>Whole events of at most <paramref name="length"/> bytes; none where the first does not fit.</summary>
    public ImmutableArray<DrmEvent> Take(int length)
    {
        if (_events.Count == 1 && _events.Peek().Length <= length)
            return [TakeOne(ref length)];
        var taken = ImmutableArray.CreateBuilder<DrmEvent>();
        while (_events.TryPeek(out var next) && next.Length <= length)
            taken.Add(TakeOne(ref length));
        return taken.DrainToImmutable();
    }

    private DrmEvent TakeOne(ref int length)
    {
        var taken = _events.Dequeue();
        length -= taken.Length;
        _space += taken.Length;
        return taken;
    }
}
