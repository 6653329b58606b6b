namespace DrmActors.Hardware.Time;

/// <summary>A clock that stands still until it is advanced. Alarms ring in the order of (due, sequence), on the thread that advances.</summary>
public sealed class VirtualClock : AlarmClock
{
    // Held while alarms ring, so that two threads that advance cannot ring out of order. It is no lock that setting,
    // cancelling or reading the clock takes.
    private readonly Lock _advancing = new();
    private readonly HashSet<IAlarmSink> _awaited = [];
    private long _now;

    /// <param name="start">In ns.</param>
    public VirtualClock(long start = 0)
        : base(DateTimeOffset.UnixEpoch)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        _now = start;
    }

    /// <inheritdoc/>
    public override bool IsReal => false;

    /// <inheritdoc/>
    public override long Now => Volatile.Read(ref _now);

    /// <summary>When the first alarm is due, in ns; null when none is set.</summary>
    public long? NextDue => Queue.NextDue;

    /// <summary>Runs after an alarm was set, on the thread that set it and outside of all locks: the sign for whoever advances a clock that runs free.</summary>
    public Action? Armed { get; set; }

    /// <summary>
    /// How many have rung and set no alarm since: they, or whom they woke, may still be at work. Known for a clock that runs free; 0 else.
    /// </summary>
    public int Awaited
    {
        get
        {
            lock (_awaited)
                return _awaited.Count;
        }
    }

    /// <summary>They have had their time.</summary>
    public void AwaitNobody()
    {
        lock (_awaited)
            _awaited.Clear();
    }

    /// <inheritdoc/>
    public override Alarm SetAlarm(long due, IAlarmSink sink, long cookie)
    {
        var alarm = new Alarm(Queue, due, sink, cookie);
        Queue.Add(alarm);
        if (Armed is { } armed)
        {
            lock (_awaited)
                _awaited.Remove(sink);
            armed();
        }

        return alarm;
    }

    /// <inheritdoc cref="AdvanceTo"/>
    public void Advance(TimeSpan span) => Advance(ToNanoseconds(span));

    /// <inheritdoc cref="AdvanceTo"/>
    public void Advance(long nanoseconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(nanoseconds);
        lock (_advancing)
            AdvanceTo(Now + nanoseconds);
    }

    /// <summary>
    /// Moves the time on, alarm by alarm: while one rings, <see cref="Now"/> is its due time, and an alarm that it sets
    /// rings in its turn if it is due by then. A time that has passed rings what is overdue and leaves the time alone.
    /// </summary>
    public void AdvanceTo(long nanoseconds)
    {
        lock (_advancing)
        {
            var target = Math.Max(nanoseconds, _now);
            while (Queue.TakeDue(target) is { } alarm)
            {
                MoveTo(alarm.Due);
                if (Armed is not null)
                    lock (_awaited)
                        _awaited.Add(alarm.Sink);
                alarm.Ring();
            }
            MoveTo(target);
        }
    }

    /// <summary>Moves the time on to the first alarm and rings what is due then.</summary>
    /// <returns>False when none is set.</returns>
    public bool AdvanceToNext()
    {
        lock (_advancing)
        {
            if (Queue.NextDue is not { } due)
                return false;
            AdvanceTo(due);
            return true;
        }
    }

    /// <summary>Nothing: it holds nothing of the system's.</summary>
    public override void Dispose()
    {
    }

    internal override void Run(Action callback) => callback();

    // A sink that advances the clock itself may have moved it further.
    private void MoveTo(long time) => Volatile.Write(ref _now, Math.Max(time, _now));
}
