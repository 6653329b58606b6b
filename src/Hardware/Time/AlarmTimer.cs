namespace DrmActors.Hardware.Time;

/// <summary>
/// The <see cref="ITimer"/> of an <see cref="AlarmClock"/>. Ticks stay on the grid of the first one: ticks that were
/// missed are left out, and a late one does not move those after it.
/// </summary>
internal sealed class AlarmTimer : ITimer, IAlarmSink
{
    private readonly Lock _lock = new();
    private readonly AlarmClock _clock;
    private readonly Action _fire;
    private Alarm? _alarm;
    private long _period;

    // Counts the settings: an alarm that was already ringing when the timer was changed carries an older one.
    private long _setting;
    private bool _disposed;

    internal AlarmTimer(AlarmClock clock, TimerCallback callback, object? state)
    {
        _clock = clock;
        var context = ExecutionContext.Capture();
        _fire = context is null
            ? () => callback(state)
            : () => ExecutionContext.Run(context, s => callback(s), state);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        var due = Check(dueTime, nameof(dueTime));
        var every = Check(period, nameof(period));
        lock (_lock)
        {
            if (_disposed)
                return false;
            _alarm?.Cancel();
            _period = Math.Max(every, 0);
            _setting++;
            _alarm = due < 0 ? null : _clock.SetAlarm(_clock.Now + due, this, _setting);
            return true;
        }
    }

    public void Ring(long due, long cookie)
    {
        lock (_lock)
        {
            if (_disposed || cookie != _setting)
                return;
            _alarm = null;
            if (_period > 0)
            {
                var late = Math.Max(_clock.Now - due, 0);
                _alarm = _clock.SetAlarm(due + (((late / _period) + 1) * _period), this, cookie);
            }
        }
        _clock.Run(_fire);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _alarm?.Cancel();
            _alarm = null;
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private static long Check(TimeSpan span, string name)
    {
        if (span == Timeout.InfiniteTimeSpan)
            return -1;
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero, name);
        return AlarmClock.ToNanoseconds(span);
    }
}
