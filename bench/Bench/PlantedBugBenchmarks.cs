using DrmActors.Actors;
using DrmActors.Simulation;
using DrmActors.Simulation.Exploring;

namespace DrmActors.Bench;

/// <summary>How many seeds it takes to find each planted bug: the table of docs/finding-races.md.</summary>
internal static class PlantedBugBenchmarks
{
    private const int MostSeeds = 1000;

    public static IEnumerable<BenchRow> Run()
    {
        foreach (var bug in Enum.GetValues<PlantedBug>().Where(b => b != PlantedBug.None))
        {
            var (options, found) = Explore(bug, Strategy.Random);
            var calls = found is null
                ? 0
                : WorkloadExplorer.Shrink(options, new WorkloadOptions { Mix = bug.Mix() }, found).Workload.GetProperty("clients").EnumerateArray().Sum(c => c.GetArrayLength());
            yield return new($"seeds until {bug} is found", "-", Seeds(found), MostSeeds,
                $"at most; {found?.Kind}; pct {Seeds(Explore(bug, Strategy.Pct).Found)}, delay {Seeds(Explore(bug, Strategy.Delay).Found)}; {calls} calls are enough");
        }
    }

    private static (ExploreOptions Options, Violation? Found) Explore(PlantedBug bug, Strategy strategy)
    {
        var options = new ExploreOptions { Seeds = MostSeeds, Planted = bug, Strategy = strategy };
        bug.Boards().ToList().ForEach(options.Boards.Add);
        return (options, WorkloadExplorer.Run(options, new WorkloadOptions { Mix = bug.Mix() }).Violation);
    }

    // One more than all where none of them did.
    private static int Seeds(Violation? found) => found is null ? MostSeeds + 1 : found.Seed + 1;
}
