using Akka.Actor;
using DrmActors.Actors.Files;
using DrmActors.Messages;

namespace DrmActors.Hosting.Internals;

/// <summary>
/// The one way from a host's thread to an actor. It asks without a time-out: a call ends by its answer, by its caller's cancellation, or
/// when the gate is closed, which the <see cref="GateKeeper"/> does at the actor's death.
/// </summary>
/// <param name="view">Of the file that the actor is; null for another actor.</param>
internal sealed class CallGate(IActorRef actor, IHostPlatform platform, FileView? view = null)
{
    // Never disposed of: it has no timer, and a call may still come.
    private readonly CancellationTokenSource _closed = new();
    private Errno _reason;
    private long _sent;

    public IActorRef Actor { get; } = actor;

    public bool IsClosed => _closed.IsCancellationRequested;

    /// <summary>
    /// The reply; with the reason of the closing, where the gate was closed before. A call that dies on its way is answered for
    /// (DeadCallAnswerer), so one that nobody cancels is a bare question: no token is watched for it.
    /// </summary>
    public Task<Reply<T>> CallAsync<T>(IIoctl<T> call, CancellationToken cancellation)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(call);
        if (IsClosed)
            return Task.FromResult(Reply<T>.Failed(_reason));
        if (view is not null)
        {
            if (TryRead(view, call) is Reply<T> reply)
                return Task.FromResult(reply);
            Interlocked.Increment(ref _sent);
        }

        return cancellation.CanBeCanceled ? CancellableAsync(call, cancellation) : platform.AskAsync<Reply<T>>(Actor, call, CancellationToken.None);
    }

    // The file's actor answers such calls from what is published, without asking anybody. When it is done with all that was sent, so can the caller:
    // its calls stay in their order.
    private object? TryRead(FileView of, IIoctl call) =>
        platform.ReadsInPlace && Volatile.Read(ref _sent) == of.Handled ? of.TryAnswer(call) : null;

    /// <summary>The value of a successful reply.</summary>
    /// <exception cref="DrmException">The call was refused.</exception>
    public async Task<T> RequireAsync<T>(IIoctl<T> call, CancellationToken cancellation)
        where T : class
    {
        var reply = await CallAsync(call, cancellation);
        return reply.Ok ? reply.Value! : throw new DrmException(reply.Errno, call);
    }

    /// <summary>For questions that are no ioctls: a closed gate cancels them.</summary>
    public async Task<T> AskAsync<T>(object message, CancellationToken cancellation)
    {
        if (!cancellation.CanBeCanceled)
            return await platform.AskAsync<T>(Actor, message, _closed.Token);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closed.Token);
        return await platform.AskAsync<T>(Actor, message, either.Token);
    }

    private async Task<Reply<T>> CancellableAsync<T>(IIoctl<T> call, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await AskAsync<Reply<T>>(call, cancellation);
        }
        catch (OperationCanceledException) when (IsClosed && !cancellation.IsCancellationRequested)
        {
            return Reply<T>.Failed(_reason);
        }
    }

    /// <summary>From here on every call fails with this; only the first reason counts, and one that was announced is that.</summary>
    public void Close(Errno reason)
    {
        Announce(reason);
        _closed.Cancel();
    }

    /// <summary>Why it will be closed. The actor may end, and the gate with it, before whoever ends it hears of that.</summary>
    public void Announce(Errno reason) => Interlocked.CompareExchange(ref _reason, reason, Errno.None);
}
