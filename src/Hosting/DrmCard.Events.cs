using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using DrmActors.Hosting.Internals;
using DrmActors.Messages;

namespace DrmActors.Hosting;

// What a client reads from its file.
public sealed partial class DrmCard
{
    /// <summary>The card's events as they come, without end; it ends when the card is closed.</summary>
    /// <exception cref="DrmException">ENODEV: the card is gone.</exception>
    public IAsyncEnumerable<DrmEvent> Events => EnumerateEvents();

    /// <summary>read(2): waits for an event, and returns all that there are. A cancelled read loses none.</summary>
    /// <exception cref="DrmException">EBADF: the card is closed. ENODEV: it is gone.</exception>
    public async Task<ImmutableArray<DrmEvent>> ReadEventsAsync(CancellationToken cancellationToken = default)
    {
        var reply = await _events.ReadAsync(cancellationToken);
        return reply.Ok ? reply.Value!.Events : throw new DrmException(reply.Errno, CardEvents.Read);
    }

    /// <summary>read(2) of one event.</summary>
    /// <exception cref="DrmException">As <see cref="ReadEventsAsync"/>.</exception>
    public async Task<DrmEvent> NextEventAsync(CancellationToken cancellationToken = default)
    {
        var reply = await _events.ReadOneAsync(cancellationToken);
        return reply.Ok ? reply.Value! : throw new DrmException(reply.Errno, CardEvents.Read);
    }

    private async IAsyncEnumerable<DrmEvent> EnumerateEvents([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (await _events.ReadOneAsync(cancellationToken) is var reply && reply.Errno != Errno.EBADF)
            yield return reply.Ok ? reply.Value! : throw new DrmException(reply.Errno, CardEvents.Read);
    }
}
