using Akka.Actor;
using DrmActors.Actors;
using DrmActors.Hardware.Memory;
using DrmActors.Hosting;
using DrmActors.Hosting.Internals;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Tracing;

namespace DrmActors.Simulation.Worlds;

/// <summary>One workload in one world, from boot to the leak report.</summary>
internal sealed class WorldRun(ISchedule schedule, Seed chance, DrmHostOptions options, long stepLimit)
{
    private const int StepsToTheEnd = 10_000;

    // Of the real time: the runtime's own threads may be late.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly WorldPlatform _platform = new(schedule);
    private long _choices;
    private LeakReport? _leaks;

    /// <summary>Before <see cref="Run"/>: told of each choice, as the lane's name or null for the time.</summary>
    public Action<string?>? OnChoice { get; init; }

    /// <summary>Before <see cref="Run"/>: where the trace goes; null for none.</summary>
    public TextWriter? Trace { get; init; }

    /// <summary>Before <see cref="Run"/>: whether an actor crashes over a message; null for never.</summary>
    public Func<Lane, Envelope, bool>? CrashesAt { get; init; }

    /// <summary>Before <see cref="Run"/>: what the host reads from files; null to read it.</summary>
    public HostParts? Parts { get; init; }

    /// <summary>Before <see cref="Run"/>: what is wrong with the drivers, on purpose.</summary>
    public PlantedBug Planted { get; init; }

    public WorldOutcome Run(Func<DrmWorld, Task> workload)
    {
        // The host is made here, before anything runs; from then on all is in the world.
        var host = new DrmHost(options, _platform, Planted, Parts);
        var world = _platform.World;
        world.OnChoice = lane =>
        {
            _choices++;
            OnChoice?.Invoke(lane?.Name);
        };
        world.CrashesAt = CrashesAt;
        var trace = Trace is { } output ? new RunTrace(world, host.Memory, output) : null;
        world.OnDelivery = trace is null ? null : trace.Add;
        var clients = new DrmWorld(world, host, chance) { Trace = trace };
        var outcome = RunToTheEnd(host, clients, workload);
        trace?.Say(outcome.Failure is { } failure ? $"{outcome.End}: {failure.Message}" : $"{outcome.End}");
        return outcome;
    }

    private WorldOutcome RunToTheEnd(DrmHost host, DrmWorld clients, Func<DrmWorld, Task> workload)
    {
        var world = _platform.World;
        var all = world.Start("main", () => BodyAsync(host, clients, workload));
        for (long step = 0; !all.IsCompleted; step++)
        {
            if (step == stepLimit)
                return Abandon(host, WorldEnd.Livelock, clients.WhoWaits());
            if (!world.Step())
                return Abandon(host, WorldEnd.Deadlock, clients.WhoWaits());
        }

        if (all.Exception is { } failure)
            return Abandon(host, WorldEnd.Failed, failure.InnerException);
        // What is left of the system goes too, before anybody looks for what it held.
        for (var step = 0; step < StepsToTheEnd && world.Step(); step++)
        {
        }

        _platform.Ended?.Wait(Patience);
        return End(WorldEnd.Passed, null);
    }

    // Nobody runs its actors any more; the memory is the system's.
    private WorldOutcome Abandon(DrmHost host, WorldEnd end, Exception? failure)
    {
        host.Memory.Close();
        return End(end, failure);
    }

    private async Task BodyAsync(DrmHost host, DrmWorld world, Func<DrmWorld, Task> workload)
    {
        try
        {
            await host.BootAsync(CancellationToken.None);
        }
        catch (DrmBootException)
        {
            // Also a host that did not come up is shut down, and leaves nothing.
            _leaks = await host.ShutdownAsync();
            throw;
        }

        await workload(world);
        await world.ClientsAsync();
        _leaks = await host.ShutdownAsync();
        if (!_leaks.IsClean)
            throw new InvalidOperationException(_leaks.ToString());
    }

    private WorldOutcome End(WorldEnd end, Exception? failure)
    {
        var world = _platform.World;
        return new WorldOutcome(end, world.TraceHash, world.Deliveries, _choices, TimeSpan.FromTicks(world.Clock.Now / 100), failure, _leaks);
    }
}
