using System.Runtime.ExceptionServices;
using DrmActors.Hosting;
using DrmActors.Simulation.Exploring;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Worlds;

namespace DrmActors.Simulation;

/// <summary>Runs a workload in one seeded world after the other, on all processors, until one of them goes wrong.</summary>
public static class DrmExplorer
{
    /// <summary>Explores with the defaults: 1,000 seeds, any of what is ready next.</summary>
    /// <inheritdoc cref="Run(ExploreOptions, Func{DrmWorld, Task})"/>
    public static ExploreReport Run(Func<DrmWorld, Task> workload) => Run(new ExploreOptions(), workload);

    /// <param name="workload">
    /// Runs in each world after its boards are up. It drives the world's host itself, starts clients that run beside each other, and throws where
    /// something is not as it should be. When it and its clients are over, the host is shut down, and what it leaves behind is a failure as well.
    /// </param>
    public static ExploreReport Run(ExploreOptions options, Func<DrmWorld, Task> workload)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(workload);
        if (options.Strategy != Strategy.Random && options.Length == 0)
            options.Length = (int)Try(options, Strategy.Random, options.From, 0, workload, null).Choices;
        var seeds = new SeedRuns(options.From);
        try
        {
            Parallel.For(
                0L,
                options.Seeds,
                new ParallelOptions { MaxDegreeOfParallelism = options.Parallel > 0 ? options.Parallel : Environment.ProcessorCount },
                (i, loop) =>
                {
                    var seed = (int)(options.From + i);
                    var run = RunOne(options, seed, workload);
                    seeds.Add(run);
                    // Those with a lower seed still run: the lowest that fails is the same on every machine.
                    if (run.Outcome.End != WorldEnd.Passed)
                        loop.Break();
                });
        }
        catch (AggregateException e)
        {
            // A host that cannot be made, which is no fault of the workload: the first of the threads says it for all.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return seeds.Report();
    }

    /// <summary>Runs the workload once more, as the choices of a violation say.</summary>
    /// <inheritdoc cref="Replay(ExploreOptions, int, IReadOnlyList{string}, Func{DrmWorld, Task}, TextWriter)"/>
    public static WorldOutcome Replay(ExploreOptions options, Violation violation, Func<DrmWorld, Task> workload, TextWriter? trace = null)
    {
        ArgumentNullException.ThrowIfNull(violation);
        return Replay(options, violation.Seed, violation.Choices, workload, trace);
    }

    /// <summary>Runs a workload as recorded choices say.</summary>
    /// <param name="choices">By the names of what ran, null where the time went on.</param>
    /// <param name="trace">Told who sent what to whom, a line a message; null for nobody.</param>
    /// <exception cref="ReplayException">The workload is another one than that of the choices.</exception>
    public static WorldOutcome Replay(
        ExploreOptions options, int seed, IReadOnlyList<string?> choices, Func<DrmWorld, Task> workload, TextWriter? trace = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(workload);
        return RunOf(options, new ReplaySchedule(choices), ChanceOf(seed).Workload, null, trace).Run(workload);
    }

    /// <summary>One seed, with its choices, whatever came of it.</summary>
    internal static Violation RunOne(ExploreOptions options, int seed, Func<DrmWorld, Task> workload)
    {
        var choices = new List<string?>();
        var outcome = Try(options, options.Strategy, seed, options.Length, workload, choices.Add);
        return new Violation(seed, outcome, choices);
    }

    /// <summary>One run, in any order.</summary>
    internal static WorldOutcome Run(ExploreOptions options, int seed, ISchedule schedule, Action<string?> onChoice, Func<DrmWorld, Task> workload) =>
        RunOf(options, schedule, ChanceOf(seed).Workload, onChoice, null).Run(workload);

    internal static (Seed Schedule, Seed Workload) ChanceOf(int number)
    {
        var seed = new Seed(number);
        return (seed.Fork(), seed.Fork());
    }

    private static WorldOutcome Try(
        ExploreOptions options, Strategy strategy, int seed, int length, Func<DrmWorld, Task> workload, Action<string?>? onChoice)
    {
        var (schedule, chance) = ChanceOf(seed);
        return RunOf(options, strategy.Schedule(schedule, options.Depth, length), chance, onChoice, null).Run(workload);
    }

    private static WorldRun RunOf(ExploreOptions options, ISchedule schedule, Seed chance, Action<string?>? onChoice, TextWriter? trace)
    {
        var host = new DrmHostOptions { ArenaSize = options.ArenaSize };
        foreach (var board in options.Boards)
            host.Boards.Add(board);
        return new WorldRun(schedule, chance, host, options.StepLimit) { OnChoice = onChoice, Trace = trace, Planted = options.Planted, Parts = options.PartsOf(host) };
    }
}
