using System.Collections.Concurrent;
using DrmActors.Actors.Files;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Device;

/// <summary>The descriptor of another process, from which nobody reads.</summary>
internal sealed class EventSink : IEventSink
{
    public ConcurrentQueue<DrmEvent> Delivered { get; } = new();

    public bool IsEnded { get; private set; }

    public int Unread => Delivered.Sum(e => e.Length);

    public void Deliver(DrmEvent drmEvent) => Delivered.Enqueue(drmEvent);

    public void End() => IsEnded = true;

    public IEventSink? MakeAnother() => new EventSink();

    public void Discard() => Delivered.Clear();
}
