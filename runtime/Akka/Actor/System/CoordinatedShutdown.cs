using Akka.Configuration;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Tasks that run before a system ends, phase after phase; those of one phase run side by side.</summary>
public sealed class CoordinatedShutdown : IExtension
{
    public const string PhaseBeforeServiceUnbind = "before-service-unbind";
    public const string PhaseServiceUnbind = "service-unbind";
    public const string PhaseServiceRequestsDone = "service-requests-done";
    public const string PhaseServiceStop = "service-stop";
    public const string PhaseBeforeClusterShutdown = "before-cluster-shutdown";
    public const string PhaseClusterShardingShutdownRegion = "cluster-sharding-shutdown-region";
    public const string PhaseClusterLeave = "cluster-leave";
    public const string PhaseClusterExiting = "cluster-exiting";
    public const string PhaseClusterExitingDone = "cluster-exiting-done";
    public const string PhaseClusterShutdown = "cluster-shutdown";
    public const string PhaseBeforeActorSystemTerminate = "before-actor-system-terminate";
    public const string PhaseActorSystemTerminate = "actor-system-terminate";

    private static readonly string[] Phases =
    [
        PhaseBeforeServiceUnbind, PhaseServiceUnbind, PhaseServiceRequestsDone, PhaseServiceStop, PhaseBeforeClusterShutdown,
        PhaseClusterShardingShutdownRegion, PhaseClusterLeave, PhaseClusterExiting, PhaseClusterExitingDone, PhaseClusterShutdown,
        PhaseBeforeActorSystemTerminate, PhaseActorSystemTerminate,
    ];

    private readonly Dictionary<string, List<(string Name, Func<Task<Done>> Task)>> _tasks = [];
    private readonly Lock _lock = new();
    private Task<Done> _run;

    internal CoordinatedShutdown(ExtendedActorSystem system) => System = system;

    public ExtendedActorSystem System { get; }

    public Reason ShutdownReason { get; private set; }

    public TimeSpan TotalTimeout => Phases.Aggregate(TimeSpan.Zero, (sum, phase) => sum + Timeout(phase));

    public static CoordinatedShutdown Get(ActorSystem sys) => Provider.Instance.Apply(sys);

    public TimeSpan Timeout(string phase)
    {
        var config = System.Settings.Config.GetConfig("akka.coordinated-shutdown");
        return config.GetTimeSpan($"phases.{phase}.timeout", config.GetTimeSpan("default-phase-timeout"));
    }

    public void AddTask(string phase, string taskName, Func<Task<Done>> task)
    {
        if (!Phases.Contains(phase))
            throw new ConfigurationException($"Unknown phase [{phase}], known phases [{string.Join(",", Phases)}].");
        lock (_lock)
        {
            if (!_tasks.TryGetValue(phase, out var tasks))
                _tasks.Add(phase, tasks = []);
            tasks.Add((taskName, task));
        }
    }

    /// <summary>Runs once; later calls get the same task.</summary>
    public Task<Done> Run(Reason reason, string fromPhase = null)
    {
        lock (_lock)
        {
            if (_run is null)
            {
                ShutdownReason = reason;
                _run = RunPhases(fromPhase is null ? Phases : Phases[Array.IndexOf(Phases, fromPhase)..]);
            }
            return _run;
        }
    }

    private async Task<Done> RunPhases(string[] phases)
    {
        foreach (var phase in phases)
        {
            List<(string Name, Func<Task<Done>> Task)> tasks;
            lock (_lock)
                tasks = _tasks.TryGetValue(phase, out var found) ? [.. found] : [];
            if (tasks.Count > 0)
                await RunPhase(phase, tasks).ConfigureAwait(false);
        }
        if (System.Settings.CoordinatedShutdownTerminateActorSystem)
        {
            ((Internal.ActorSystemImpl)System).FinalTerminate();
            await System.WhenTerminated.ConfigureAwait(false);
        }
        return Done.Instance;
    }

    private async Task RunPhase(string phase, List<(string Name, Func<Task<Done>> Task)> tasks)
    {
        try
        {
            await Task.WhenAll(tasks.Select(task => task.Task())).WaitAsync(Timeout(phase)).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            System.Log.Warning(e, "Coordinated shutdown phase [{0}] failed: {1}", phase, e.Message);
        }
    }

    /// <summary>Why a system ends.</summary>
    public class Reason
    {
        protected Reason()
        {
        }
    }

    public class UnknownReason : Reason
    {
        public static readonly Reason Instance = new UnknownReason();

        private UnknownReason()
        {
        }
    }

    public class ActorSystemTerminateReason : Reason
    {
        public static readonly Reason Instance = new ActorSystemTerminateReason();

        private ActorSystemTerminateReason()
        {
        }
    }

    public class ClrExitReason : Reason
    {
        public static readonly Reason Instance = new ClrExitReason();

        private ClrExitReason()
        {
        }
    }

    private sealed class Provider : ExtensionIdProvider<CoordinatedShutdown>
    {
        public static readonly Provider Instance = new();

        public override CoordinatedShutdown CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
