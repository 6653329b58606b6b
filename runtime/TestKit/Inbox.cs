using System;
using System.Collections.Concurrent;
using System.Threading;
using Akka.Actor;

namespace Akka.TestKit;

internal readonly record struct Received(object Message, IActorRef Sender);

/// <summary>What a test actor was sent and the test has not taken yet. Unbounded: a test ends.</summary>
internal sealed class Inbox
{
    private readonly ConcurrentQueue<Received> _messages = new();
    private readonly SemaphoreSlim _available = new(0);

    /// <summary>Messages for which it is true never arrive.</summary>
    public Func<object, bool> Ignore { get; set; }

    public bool IsEmpty => _messages.IsEmpty;

    public void Add(Received received)
    {
        if (Ignore?.Invoke(received.Message) == true)
            return;
        _messages.Enqueue(received);
        _available.Release();
    }

    /// <param name="wait">Zero does not wait, a negative one waits for ever.</param>
    public bool TryTake(TimeSpan wait, CancellationToken cancellation, out Received received)
    {
        received = default;
        return _available.Wait(wait < TimeSpan.Zero ? Timeout.InfiniteTimeSpan : wait, cancellation)
            && _messages.TryDequeue(out received);
    }
}
