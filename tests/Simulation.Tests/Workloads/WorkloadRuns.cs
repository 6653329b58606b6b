using DrmActors.Hosting;
using DrmActors.Messages;
using DrmActors.Simulation.Invariants;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Workloads;
using DrmActors.Simulation.Worlds;

namespace DrmActors.Simulation.Tests.Workloads;

/// <summary>A drawn workload in a world of its own, and what came of its calls.</summary>
internal static class WorkloadRuns
{
    private const int StepLimit = 1_000_000;

    /// <param name="arenaSize">In bytes: little enough to run out of it, and to use it again.</param>
    public static WorldOutcome Run(
        IEnumerable<string> boards, long arenaSize, ISchedule schedule, Workload workload, RunWatch watch, out StandardWorkload? run)
    {
        var options = new DrmHostOptions { ArenaSize = arenaSize };
        foreach (var board in boards)
            options.Boards.Add(board);
        StandardWorkload? started = null;
        var outcome = new WorldRun(schedule, new Seed(0), options, StepLimit)
            .Run(async world => started = await StandardWorkload.RunAsync(world, workload, watch));
        run = started;
        return outcome;
    }

    /// <summary>The kind of each call that was answered, and whether it succeeded.</summary>
    public static IEnumerable<(string Kind, bool Ok)> OutcomesOf(StandardWorkload run) =>
        run.Clients.Zip(run.Workload.Clients).SelectMany(c => c.First.Errnos.Zip(c.Second)).Select(c => (CallKinds.NameOf(c.Second), c.First == Errno.None));
}
