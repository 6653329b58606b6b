using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;
using DrmActors.Hardware.Time;

namespace DrmActors.Simulation.Worlds;

/// <summary>
/// The actor system's scheduler on the world's clock. It makes the world: the dispatcher and the mailboxes, which the system makes after it, find the
/// world here, so that nothing is static and many worlds stand side by side.
/// </summary>
public sealed class WorldScheduler(Config config, ILoggingAdapter log) : SchedulerBase(config, log)
{
    private const long NanosecondsATick = 100;

    internal World World { get; } = new();

    /// <inheritdoc/>
    public override TimeSpan MonotonicClock => TimeSpan.FromTicks(World.Clock.Now / NanosecondsATick);

    /// <inheritdoc/>
    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    /// <inheritdoc/>
    protected override DateTimeOffset TimeNow => World.Clock.GetUtcNow();

    /// <inheritdoc/>
    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Later(delay, null, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Later(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) => Later(delay, null, action, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        Later(delay, null, action.Run, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Later(initialDelay, interval, action, cancelable);

    /// <inheritdoc/>
    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Later(initialDelay, interval, action.Run, cancelable);

    private void Later(TimeSpan delay, TimeSpan? interval, Action action, ICancelable? cancelable) =>
        _ = new Entry(World.Clock, delay.Ticks * NanosecondsATick, interval?.Ticks * NanosecondsATick, action, cancelable);

    private sealed class Entry : IAlarmSink
    {
        private readonly AlarmClock _clock;
        private readonly long? _interval;
        private readonly Action _action;
        private readonly ICancelable? _cancelable;

        public Entry(AlarmClock clock, long delay, long? interval, Action action, ICancelable? cancelable)
        {
            (_clock, _interval, _action, _cancelable) = (clock, interval, action, cancelable);
            var alarm = clock.SetAlarm(clock.Now + delay, this, 0);
            // One that nobody waits for any more must not keep the world busy.
            if (interval is null && cancelable is { Token.CanBeCanceled: true })
                cancelable.Token.Register(alarm.Cancel);
        }

        public void Ring(long due, long cookie)
        {
            if (_cancelable is { IsCancellationRequested: true })
                return;
            _action();
            if (_interval is { } interval)
                _clock.SetAlarm(due + interval, this, 0);
        }
    }
}
