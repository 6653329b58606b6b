#pragma warning disable RS0030 // The real clock: the one thread, and the one hand-over to the pool, for timers whose callback is anybody's code.
using DrmActors.Hardware.Native;

namespace DrmActors.Hardware.Time;

/// <summary>
/// The system's CLOCK_MONOTONIC. One thread of its own waits on a timer descriptor for the first alarm and rings on
/// that thread, with no hop through a pool: what matters is how late an alarm rings.
/// </summary>
public sealed class RealClock : AlarmClock
{
    private readonly Lock _lock = new();
    private readonly TimerDescriptor _timer = new();
    private readonly Thread _thread;
    private bool _disposed;

    public RealClock()
        : base(TimeOfDay(SystemTime.Wall - SystemTime.Monotonic))
    {
        _thread = new Thread(Loop) { Name = "drm-clock", IsBackground = true };
        _thread.Start();
    }

    /// <inheritdoc/>
    public override bool IsReal => true;

    /// <inheritdoc/>
    public override long Now => SystemTime.Monotonic;

    /// <summary>As promised; on a clock that was disposed of it never rings.</summary>
    public override Alarm SetAlarm(long due, IAlarmSink sink, long cookie)
    {
        var alarm = new Alarm(Queue, due, sink, cookie);
        if (Queue.Add(alarm))
            SetTimer();
        return alarm;
    }

    /// <summary>Alarms that are still set never ring. Returns when the thread has ended, unless a sink calls this.</summary>
    public override void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
                return;
            _disposed = true;
            _timer.Set(0);
        }
        if (Thread.CurrentThread != _thread)
            _thread.Join();
    }

    internal override void Run(Action callback) => ThreadPool.UnsafeQueueUserWorkItem(static run => run(), callback, preferLocal: false);

    // The queue is read under the lock: of two threads that set the timer, the later one has seen both alarms.
    private void SetTimer()
    {
        lock (_lock)
        {
            if (!_disposed && Queue.NextDue is { } due)
                _timer.Set(due);
        }
    }

    private void Loop()
    {
        using (_timer)
        {
            _timer.Wait();
            while (!Volatile.Read(ref _disposed))
            {
                while (Queue.TakeDue(Now) is { } alarm)
                    alarm.Ring();
                SetTimer();
                _timer.Wait();
            }
        }
    }
}
