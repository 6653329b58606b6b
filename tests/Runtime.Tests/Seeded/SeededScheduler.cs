using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace DrmActors.Runtime.Tests.Seeded;

/// <summary>Puts everything into a world of its own; named in the configuration by type, it is where the dispatcher finds that world.</summary>
public sealed class SeededScheduler(Config config, ILoggingAdapter log) : SchedulerBase(config, log)
{
    internal World World { get; } = new(config.GetInt("seeded.seed"));

    protected override DateTimeOffset TimeNow => DateTimeOffset.UnixEpoch + World.Now;

    public override TimeSpan MonotonicClock => World.Now;

    public override TimeSpan HighResMonotonicClock => World.Now;

    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Once(delay, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Repeatedly(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) => Once(delay, action, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) => Once(delay, action.Run, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Repeatedly(initialDelay, interval, action, cancelable);

    protected override void InternalScheduleRepeatedly(TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Repeatedly(initialDelay, interval, action.Run, cancelable);

    private void Once(TimeSpan delay, Action action, ICancelable? cancelable) => World.AddLater(delay, () =>
    {
        if (cancelable is not { IsCancellationRequested: true })
            action();
    });

    private void Repeatedly(TimeSpan delay, TimeSpan interval, Action action, ICancelable? cancelable) => World.AddLater(delay, () =>
    {
        if (cancelable is { IsCancellationRequested: true })
            return;
        action();
        Repeatedly(interval, interval, action, cancelable);
    });
}
