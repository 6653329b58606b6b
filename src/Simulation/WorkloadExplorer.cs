using System.Text.Json;
using DrmActors.Actors;
using DrmActors.Simulation.Exploring;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation;

/// <summary>Explores workloads of random calls, each drawn from its seed, with all invariants; what fails is shrunk to the calls that it takes.</summary>
public static class WorkloadExplorer
{
    // What a person reads at a glance.
    private const int Enough = 12;

    private const int OtherSeeds = 200;

    /// <summary>As <see cref="DrmExplorer.Run(ExploreOptions, Func{DrmWorld, Task})"/>.</summary>
    /// <exception cref="WorkloadMixException">No such mix, or a broken one.</exception>
    public static ExploreReport Run(ExploreOptions options, WorkloadOptions workloads)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(workloads);
        var mix = WorkloadMix.Load(workloads.Mix);
        var faults = FaultsOf(workloads);
        return DrmExplorer.Run(options, world => StandardWorkload.RunAsync(world, Draw(mix, faults, workloads, world.Chance)));
    }

    /// <summary>
    /// Leaves out calls for as long as what is left breaks the same promise. Of some runs little can be left out: then others that break it are looked for,
    /// as they may tell it in fewer calls.
    /// </summary>
    /// <returns>What is left, with a run that breaks it.</returns>
    public static ReplayFile Shrink(ExploreOptions options, WorkloadOptions workloads, Violation violation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(workloads);
        ArgumentNullException.ThrowIfNull(violation);
        var (mix, faults) = (WorkloadMix.Load(workloads.Mix), FaultsOf(workloads));
        var best = ShrinkRun(violation);
        for (var (from, end) = (violation.Seed, violation.Seed + OtherSeeds); best.Workload.CallCount > Enough && from < end;)
        {
            if (Run(options.Of(from + 1, end - from), workloads).Violation is not { } other)
                break;
            from = other.Seed;
            if (other.Kind == violation.Kind && ShrinkRun(other) is var shrunk && shrunk.Workload.CallCount < best.Workload.CallCount)
                best = shrunk;
        }

        return ReplayFile.Of(options, best.Violation, JsonDocument.Parse(best.Workload.ToJson()).RootElement);

        (Workload Workload, Violation Violation) ShrinkRun(Violation run) =>
            new WorkloadShrinker(options, Draw(mix, faults, workloads, DrmExplorer.ChanceOf(run.Seed).Workload), run).Shrink();
    }

    /// <summary>Runs what a file holds once more.</summary>
    /// <param name="trace">Told who sent what to whom, a line a message; null for nobody.</param>
    /// <exception cref="ReplayException">The file is of another version of the program, or was changed.</exception>
    public static WorldOutcome Replay(ReplayFile file, TextWriter? trace = null) => Replay(file, PlantedBug.None, trace);

    internal static WorldOutcome Replay(ReplayFile file, PlantedBug planted, TextWriter? trace = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        Workload workload;
        try
        {
            workload = Workload.FromJson(file.Workload.GetRawText());
        }
        catch (JsonException e)
        {
            throw new ReplayException($"workload: {e.Message}");
        }

        var options = file.Options();
        options.Planted = planted;
        return DrmExplorer.Replay(options, file.Seed, file.Names(), world => StandardWorkload.RunAsync(world, workload), trace);
    }

    private static FaultMix? FaultsOf(WorkloadOptions workloads) => workloads.Faults is { } faults ? FaultMix.Load(faults) : null;

    private static Workload Draw(WorkloadMix mix, FaultMix? faults, WorkloadOptions workloads, Schedules.Seed chance) =>
        WorkloadGenerator.Make(mix, chance, workloads.Clients, workloads.Calls, faults);
}
