using DrmActors.Hardware.Native;

namespace DrmActors.Hardware.Time;

/// <summary>A monotonic clock in nanoseconds with alarms at absolute times: the one source of time under <c>src/</c>.</summary>
public abstract class AlarmClock : TimeProvider, IDisposable
{
    private const long NanosecondsATick = 100;

    private readonly DateTimeOffset _origin;

    /// <param name="origin">The time of day at 0 ns.</param>
    private protected AlarmClock(DateTimeOffset origin)
    {
        _origin = origin;
    }

    /// <summary>Goes on by itself: what happens beside it can never be had again in the same order.</summary>
    public abstract bool IsReal { get; }

    /// <summary>In ns; never goes back.</summary>
    public abstract long Now { get; }

    /// <inheritdoc/>
    public sealed override long TimestampFrequency => SystemTime.Second;

    /// <summary>UTC: results must not depend on where they were made.</summary>
    public sealed override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    private protected AlarmQueue Queue { get; } = new();

    /// <summary>Rings <paramref name="sink"/> once, at <paramref name="due"/> (ns) or later, never inside this call, also when that has passed.</summary>
    public abstract Alarm SetAlarm(long due, IAlarmSink sink, long cookie);

    /// <inheritdoc/>
    public sealed override long GetTimestamp() => Now;

    /// <inheritdoc/>
    public sealed override DateTimeOffset GetUtcNow() => _origin.AddTicks(Now / NanosecondsATick);

    /// <inheritdoc/>
    public sealed override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new AlarmTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Runs a timer's callback, which unlike a sink may be anybody's code.</summary>
    internal abstract void Run(Action callback);

    internal static DateTimeOffset TimeOfDay(long nanoseconds) => DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / NanosecondsATick);

    internal static long ToNanoseconds(TimeSpan span) => checked(span.Ticks * NanosecondsATick);
}
