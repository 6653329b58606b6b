namespace Akka.Actor;

public interface IWithTimers
{
    ITimerScheduler Timers { get; set; }
}

/// <summary>Timers of one actor by key; a new timer takes the place of an earlier one with its key, whose message is then never seen.</summary>
public interface ITimerScheduler
{
    void StartPeriodicTimer(object key, object msg, TimeSpan interval);

    void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender);

    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval);

    void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender);

    void StartSingleTimer(object key, object msg, TimeSpan timeout);

    void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender);

    bool IsTimerActive(object key);

    void Cancel(object key);

    void CancelAll();

    IReadOnlyCollection<object> ActiveTimers { get; }
}

/// <summary>One timer, and the message by which it comes due. It holds the scheduler that it belongs to, so that a later incarnation drops it.</summary>
internal abstract class TimerMessage(TimerScheduler owner, object key, object message, bool repeats) : INoSerializationVerificationNeeded
{
    public TimerScheduler Owner => owner;

    public object Key => key;

    public object Message => message;

    public bool Repeats => repeats;

    public ICancelable Task { get; set; }

    public override string ToString() => $"TimerMessage(key={key}, message={message})";
}

internal sealed class LoudTimerMessage(TimerScheduler owner, object key, object message, bool repeats)
    : TimerMessage(owner, key, message, repeats);

/// <summary>A timer whose message leaves the receive timeout running.</summary>
internal sealed class QuietTimerMessage(TimerScheduler owner, object key, object message, bool repeats)
    : TimerMessage(owner, key, message, repeats), INotInfluenceReceiveTimeout;

internal sealed class TimerScheduler(ActorCell cell) : ITimerScheduler
{
    private readonly Dictionary<object, TimerMessage> _timers = [];

    public IReadOnlyCollection<object> ActiveTimers => _timers.Keys;

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval) => Start(key, msg, interval, interval, cell.Self);

    public void StartPeriodicTimer(object key, object msg, TimeSpan interval, IActorRef sender) => Start(key, msg, interval, interval, sender);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval) =>
        Start(key, msg, initialDelay, interval, cell.Self);

    public void StartPeriodicTimer(object key, object msg, TimeSpan initialDelay, TimeSpan interval, IActorRef sender) =>
        Start(key, msg, initialDelay, interval, sender);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout) => Start(key, msg, timeout, null, cell.Self);

    public void StartSingleTimer(object key, object msg, TimeSpan timeout, IActorRef sender) => Start(key, msg, timeout, null, sender);

    public bool IsTimerActive(object key) => _timers.ContainsKey(key);

    public void Cancel(object key)
    {
        if (_timers.Remove(key, out var timer))
            timer.Task.Cancel();
    }

    public void CancelAll()
    {
        foreach (var timer in _timers.Values)
            timer.Task.Cancel();
        _timers.Clear();
    }

    /// <summary>The message of a timer that is still on, or null.</summary>
    public static object Unwrap(ActorBase actor, TimerMessage timer) =>
        (actor as IWithTimers)?.Timers is TimerScheduler timers ? timers.Take(timer) : null;

    private object Take(TimerMessage timer)
    {
        if (!ReferenceEquals(timer.Owner, this) || !_timers.TryGetValue(timer.Key, out var current) || !ReferenceEquals(current, timer))
            return null;
        if (!timer.Repeats)
            _timers.Remove(timer.Key);
        return timer.Message;
    }

    private void Start(object key, object message, TimeSpan delay, TimeSpan? interval, IActorRef sender)
    {
        Cancel(key);
        TimerMessage timer = message is INotInfluenceReceiveTimeout
            ? new QuietTimerMessage(this, key, message, interval is not null)
            : new LoudTimerMessage(this, key, message, interval is not null);
        timer.Task = interval is { } period
            ? cell.System.Scheduler.ScheduleTellRepeatedlyCancelable(delay, period, cell.Self, timer, sender)
            : cell.System.Scheduler.ScheduleTellOnceCancelable(delay, cell.Self, timer, sender);
        _timers[key] = timer;
    }
}
