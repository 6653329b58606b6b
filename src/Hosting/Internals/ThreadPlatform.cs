using Akka.Actor;
using Akka.Configuration;
using DrmActors.Actors;
using DrmActors.Hardware.Time;
using Microsoft.Extensions.Logging;

namespace DrmActors.Hosting.Internals;

/// <summary>The thread pool, and real time or a clock of one's own.</summary>
internal sealed class ThreadPlatform(TimeMode time, ILoggerFactory? loggers) : IHostPlatform
{
    private ActorSystem? _system;

    public AlarmClock Clock { get; } = time == TimeMode.Real ? new RealClock() : new VirtualClock();

    public bool ReadsInPlace => true;

    public ActorSystem CreateSystem(Config akka)
    {
        _system = ActorSystems.Create(akka, loggers);
        if (time == TimeMode.Virtual)
            StartTime();
        return _system;
    }

    public Task<T> AskAsync<T>(IActorRef actor, object message, CancellationToken cancellation) => cancellation.CanBeCanceled
        ? actor.Ask<T>(message, Timeout.InfiniteTimeSpan, cancellation)
        : actor.Ask<T>(message, Timeout.InfiniteTimeSpan);

    public void LetTimeRun()
    {
        if (time == TimeMode.Manual)
            StartTime();
    }

    public Task TerminateAsync() => _system!.Terminate();

    private void StartTime() => _system!.ActorOf(TimePump.Props((VirtualClock)Clock), "time");
}
