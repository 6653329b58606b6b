using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Hosting.Internals;

/// <summary>
/// The events of a file on the host's side. One read is under way at a time and stays so when its reader is cancelled: whoever reads next gets
/// what it brings. Events of a read that somebody took one of wait here for the next.
/// </summary>
internal sealed class CardEvents(CallGate file)
{
    public static readonly ReadEvents Read = new(DrmEvent.Space, NonBlocking: false);

    private readonly Lock _lock = new();
    private readonly Queue<DrmEvent> _taken = new();
    private Task<Reply<EventBatch>>? _reading;

    /// <summary>All events that there are, at least one.</summary>
    public Task<Reply<EventBatch>> ReadAsync(CancellationToken cancellation) => TakeAsync(TakeAll, cancellation);

    public Task<Reply<DrmEvent>> ReadOneAsync(CancellationToken cancellation) => TakeAsync(static taken => taken.Dequeue(), cancellation);

    private static EventBatch TakeAll(Queue<DrmEvent> taken)
    {
        ImmutableArray<DrmEvent> all = [.. taken];
        taken.Clear();
        return new EventBatch(all);
    }

    private async Task<Reply<T>> TakeAsync<T>(Func<Queue<DrmEvent>, T> take, CancellationToken cancellation)
        where T : class
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            Task<Reply<EventBatch>> reading;
            lock (_lock)
            {
                if (_taken.Count > 0)
                    return Reply<T>.Success(take(_taken));
                reading = _reading ??= file.CallAsync(Read, CancellationToken.None);
            }

            var reply = await reading.WaitAsync(cancellation);
            lock (_lock)
            {
                // The first of those who waited for it puts it away for all.
                if (_reading == reading)
                {
                    _reading = null;
                    foreach (var taken in reply.Value?.Events ?? [])
                        _taken.Enqueue(taken);
                }
            }

            if (!reply.Ok)
                return Reply<T>.Failed(reply.Errno);
        }
    }
}
