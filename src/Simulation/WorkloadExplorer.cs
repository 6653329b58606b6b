using System.Text.Json;
using DrmActors.Actors;
using DrmActors.Simulation.Exploring;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation;

/// <summary>Explores workloads of random calls, each drawn from its seed, with all invariants; what fails is shrunk to the calls that it takes.</summary>
public static class WorkloadExplorer
{
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

    /// <summary>Leaves out calls for as long as what is left breaks the same promise.</summary>
    /// <returns>What is left, with a run that breaks it.</returns>
    public static ReplayFile Shrink(ExploreOptions options, WorkloadOptions workloads, Violation violation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(workloads);
        ArgumentNullException.ThrowIfNull(violation);
        var whole = Draw(WorkloadMix.Load(workloads.Mix), FaultsOf(workloads), workloads, DrmExplorer.ChanceOf(violation.Seed).Workload);
        var (small, run) = new WorkloadShrinker(options, whole, violation).Shrink();
        return ReplayFile.Of(options, run, JsonDocument.Parse(small.ToJson()).RootElement);
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
