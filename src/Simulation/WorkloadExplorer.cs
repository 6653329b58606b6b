using System.Collections.Immutable;
using System.Text.Json;
using DrmActors.Actors;
using DrmActors.Simulation.Exploring;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation;

/// <summary>Explores workloads of random calls, each drawn from its seed, with all invariants; what fails is shrunk to the calls that it takes.</summary>
public static class WorkloadExplorer
{
    // A smaller workload meets the schedule elsewhere, so it is tried with a few. What is left when few do not help is small, and worth more.
    private static readonly ImmutableArray<int> Tries = [2, 12, 60];


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
        var clients = whole.Clients.Length;
        var calls = whole.Clients.SelectMany((client, i) => client.Select(call => (i, call))).ToList();
        var last = violation;
        IReadOnlyList<(int Client, WorkloadCall Call)> rest = calls;
        foreach (var tries in Tries)
            rest = Shrinker.Shrink(rest, some =>
            {
                if (Find(options, Of(some, clients), last, tries) is not { } found)
                    return false;
                last = found;
                return true;
            });
        var small = rest.Count < calls.Count ? Of(rest, clients) : whole;
        // Their numbers are in the names of what ran, so the clients that do nothing go last, and only where it works without them.
        var dense = new Workload([.. small.Clients.Where(client => client.Length > 0)]);
        if (dense.Clients.Length < small.Clients.Length && Find(options, dense, last, Tries[^1]) is { } without)
            (small, last) = (dense, without);
        return ReplayFile.Of(options, last, JsonDocument.Parse(small.ToJson()).RootElement);
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

    private static Workload Of(IReadOnlyList<(int Client, WorkloadCall Call)> calls, int clients) =>
        new([.. Enumerable.Range(0, clients).Select(i => calls.Where(c => c.Client == i).Select(c => c.Call).ToImmutableArray())]);

    // First in the order that has failed before, which mostly fails again.
    private static Violation? Find(ExploreOptions options, Workload workload, Violation violation, int tries)
    {
        var like = DrmExplorer.RunLike(options, violation, world => StandardWorkload.RunAsync(world, workload));
        if (IsSame(like, violation))
            return like;
        for (var i = 0; i < tries; i++)
        {
            var found = DrmExplorer.RunOne(options, unchecked(violation.Seed + i), world => StandardWorkload.RunAsync(world, workload));
            if (IsSame(found, violation))
                return found;
        }

        return null;
    }

    private static bool IsSame(Violation found, Violation violation) => found.Outcome.End == violation.Outcome.End && found.Kind == violation.Kind;
}
