namespace DrmActors.Hardware.Time;

/// <summary>Takes the ringing of an alarm, on the clock's thread: it must only Tell, because whoever is due next waits for it.</summary>
public interface IAlarmSink
{
    /// <param name="due">When it was asked to ring, in ns; the clock may be later by now, never earlier.</param>
    /// <param name="cookie">The value that came with the alarm.</param>
    void Ring(long due, long cookie);
}

/// <summary>One alarm: it rings once, or not at all when it was cancelled first. It is its own entry in the clock's queue.</summary>
public sealed class Alarm
{
    internal const int Outside = -1;

    private readonly AlarmQueue _queue;
    private readonly long _cookie;

    internal Alarm(AlarmQueue queue, long due, IAlarmSink sink, long cookie)
    {
        _queue = queue;
        Due = due;
        Sink = sink;
        _cookie = cookie;
    }

    /// <summary>In ns.</summary>
    public long Due { get; }

    internal IAlarmSink Sink { get; }

    internal long Sequence { get; set; }

    /// <summary>The place in the queue's heap; <see cref="Outside"/> when it has rung or was cancelled.</summary>
    internal int Index { get; set; } = Outside;

    /// <summary>May be called at any time, by any thread, any number of times. One that is just ringing still rings.</summary>
    public void Cancel() => _queue.Remove(this);

    internal void Ring() => Sink.Ring(Due, _cookie);

    internal bool IsBefore(Alarm other) => Due != other.Due ? Due < other.Due : Sequence < other.Sequence;
}
