using System.Diagnostics;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// The default scheduler: what is due comes with the next whole tick, in order of (tick, sequence), on one thread that sleeps while nothing is
/// due and does not exist until something is scheduled.
/// </summary>
internal sealed class TickScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider, IDisposable
{
    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly PriorityQueue<Entry, (long Tick, long Sequence)> _queue = new();
    private readonly TimeSpan _tick;
    private long _sequence;
    private Thread _thread;
    private bool _stopped;

    public TickScheduler(Config scheduler, ILoggingAdapter log) : base(scheduler, log) =>
        _tick = scheduler.GetTimeSpan("akka.scheduler.tick-duration", TimeSpan.FromMilliseconds(10));

    protected override DateTimeOffset TimeNow => DateTimeOffset.Now;

    public override TimeSpan MonotonicClock => HighResMonotonicClock;

    public override TimeSpan HighResMonotonicClock => Stopwatch.GetElapsedTime(_start);

    protected override void InternalScheduleTellOnce(TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(delay, new TellEntry(receiver, message, sender, TimeSpan.Zero, cancelable));

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Add(initialDelay, new TellEntry(receiver, message, sender, interval, cancelable));

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Add(delay, new ActionEntry(action, TimeSpan.Zero, cancelable));

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        Add(delay, new ActionEntry(action.Run, TimeSpan.Zero, cancelable));

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Add(initialDelay, new ActionEntry(action, interval, cancelable));

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Add(initialDelay, new ActionEntry(action.Run, interval, cancelable));

    public void Dispose()
    {
        Thread thread;
        lock (_queue)
        {
            _stopped = true;
            _queue.Clear();
            thread = _thread;
            Monitor.PulseAll(_queue);
        }
        if (thread is not null && thread != Thread.CurrentThread)
            thread.Join();
    }

    private void Add(TimeSpan delay, Entry entry)
    {
        lock (_queue)
        {
            if (_stopped)
                throw new SchedulerException("cannot enqueue after timer shutdown");
            entry.Due = HighResMonotonicClock + delay;
            Enqueue(entry);
            if (_thread is null)
            {
                _thread = new Thread(Loop) { IsBackground = true, Name = "akka-scheduler" };
                _thread.UnsafeStart();
            }
            else if (ReferenceEquals(_queue.Peek(), entry))
            {
                Monitor.Pulse(_queue);
            }
        }
    }

    private void Enqueue(Entry entry) => _queue.Enqueue(entry, ((entry.Due.Ticks + _tick.Ticks - 1) / _tick.Ticks, _sequence++));

    private void Loop()
    {
        while (Next() is { } entry)
        {
            try
            {
                entry.Fire();
            }
            catch (Exception e)
            {
                Log.Error(e, "DedicatedThreadScheduler failed to execute action");
            }
            if (entry.Interval > TimeSpan.Zero && !entry.IsCancelled)
                Repeat(entry);
        }
    }

    private void Repeat(Entry entry)
    {
        lock (_queue)
        {
            if (_stopped)
                return;
            entry.Due += entry.Interval;
            Enqueue(entry);
        }
    }

    /// <summary>Waits for the next entry's tick; null when the scheduler has stopped.</summary>
    private Entry Next()
    {
        lock (_queue)
        {
            while (!_stopped)
            {
                if (!_queue.TryPeek(out var entry, out var at))
                {
                    Monitor.Wait(_queue);
                    continue;
                }
                var wait = (at.Tick * _tick.Ticks) - HighResMonotonicClock.Ticks;
                if (wait <= 0 || entry.IsCancelled)
                {
                    _queue.Dequeue();
                    if (!entry.IsCancelled)
                        return entry;
                    continue;
                }
                Monitor.Wait(_queue, TimeSpan.FromMilliseconds(Math.Ceiling(wait / (double)TimeSpan.TicksPerMillisecond)));
            }
            return null;
        }
    }

    private abstract class Entry(TimeSpan interval, ICancelable cancelable)
    {
        public TimeSpan Due { get; set; }

        public TimeSpan Interval => interval;

        public bool IsCancelled => cancelable is { IsCancellationRequested: true };

        public abstract void Fire();
    }

    private sealed class TellEntry(ICanTell receiver, object message, IActorRef sender, TimeSpan interval, ICancelable cancelable)
        : Entry(interval, cancelable)
    {
        public override void Fire() => receiver.Tell(message, sender);
    }

    private sealed class ActionEntry(Action action, TimeSpan interval, ICancelable cancelable) : Entry(interval, cancelable)
    {
        public override void Fire() => action();
    }
}

/// <summary>The scheduler takes no more.</summary>
internal sealed class SchedulerException(string message) : AkkaException(message);
