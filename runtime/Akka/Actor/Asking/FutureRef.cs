using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;
using Akka.Util;

namespace Akka.Actor;

/// <summary>
/// The one who asks: reference and promise in one object. It has a path only if somebody asks for it, and cannot be found
/// by it.
/// </summary>
internal sealed class FutureRef<T> : TaskCompletionSource<T>, IInternalActorRef
{
    private readonly ActorSystemImpl _system;
    private ActorPath _path;
    private Timer _timer;
    private CancellationTokenRegistration _registration;

    private FutureRef(ActorSystemImpl system) : base(TaskCreationOptions.RunContinuationsAsynchronously) => _system = system;

    public static FutureRef<T> For(ICanTell target, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var system = SystemOf(target);
        var future = new FutureRef<T>(system);
        var limit = timeout ?? system?.Settings.AskTimeout ?? Timeout.InfiniteTimeSpan;
        if (limit > TimeSpan.Zero)
            future.Expire(limit);
        if (cancellationToken.CanBeCanceled)
            future._registration = cancellationToken.UnsafeRegister(static (state, token) => ((FutureRef<T>)state).Cancel(token), future);
        return future;
    }

    public ActorPath Path => _path ?? TakePath();

    public void Tell(object message, IActorRef sender)
    {
        var taken = message switch
        {
            T answer => TrySetResult(answer),
            null => TrySetResult(default),
            Status.Failure failure => TrySetException(failure.Cause ?? new TaskCanceledException("Task cancelled by actor via Failure message.")),
            _ => TrySetException(new ArgumentException(
                $"Received message of type [{message.GetType()}] - Ask expected message of type [{typeof(T)}]")),
        };
        End();
        if (!taken && message is not null)
            _system?.DeadLetterRef.Undelivered(message, sender, this);
    }

    public void SendSystemMessage(ISystemMessage message)
    {
        if (Task.IsCompleted && message is Watch watch)
            watch.Undeliverable(this, _system);
    }

    private void Expire(TimeSpan limit) => _timer = new Timer(
        static state =>
        {
            var (future, time) = (ValueTuple<FutureRef<T>, TimeSpan>)state;
            future.TrySetException(new AskTimeoutException($"Timeout after {time} seconds"));
            future.End();
        },
        (this, limit), limit, Timeout.InfiniteTimeSpan);

    private void Cancel(CancellationToken token)
    {
        TrySetCanceled(token);
        End();
    }

    private void End()
    {
        _timer?.Dispose();
        if (_registration != default)
            _registration.Unregister();
    }

    private ActorPath TakePath()
    {
        var path = _system?.NextTemporaryPath() ?? ActorRefs.Nobody.Path;
        return Interlocked.CompareExchange(ref _path, path, null) ?? path;
    }

    private static ActorSystemImpl SystemOf(ICanTell target) => target switch
    {
        LocalActor actor => actor.SystemImpl,
        ActorSelection selection => SystemOf(selection.Anchor),
        DeadLetterRef dead => dead.SystemImpl,
        _ => ActorCell.Current?.SystemImpl,
    };

    IInternalActorRef IInternalActorRef.Parent => ActorRefs.Nobody;

    bool IInternalActorRef.IsTerminated => Task.IsCompleted;

    bool IActorRefScope.IsLocal => true;

    IActorRef IInternalActorRef.GetChild(IReadOnlyList<string> name) => ActorRefs.Nobody;

    void IInternalActorRef.Start()
    {
    }

    void IInternalActorRef.Stop()
    {
    }

    void IInternalActorRef.Suspend()
    {
    }

    void IInternalActorRef.Resume(Exception causedByFailure)
    {
    }

    void IInternalActorRef.Restart(Exception cause)
    {
    }

    public bool Equals(IActorRef other) => ReferenceEquals(this, other);

    public int CompareTo(IActorRef other) => RefOrder.Compare(this, other);

    public int CompareTo(object obj) => RefOrder.Compare(this, obj);

    ISurrogate ISurrogated.ToSurrogate(ActorSystem system) => null;

    public override string ToString() => $"[{Path}]";
}
