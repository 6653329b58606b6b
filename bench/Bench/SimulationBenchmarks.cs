using System.Diagnostics;
using DrmActors.Messages;
using DrmActors.Simulation;
using DrmActors.Simulation.Exploring;

namespace DrmActors.Bench;

/// <summary>Seeded worlds.</summary>
internal static class SimulationBenchmarks
{
    private const int Clients = 8;
    private const int Calls = 500;

    public static IEnumerable<BenchRow> Run()
    {
        Explore(50);
        var (report, time) = Explore(400);
        yield return new("messages delivered a second, one world after the other on one thread", "-", report.Deliveries / time.TotalSeconds, 200_000,
            $"at least; {report.Deliveries / report.Runs} messages and {report.Choices / report.Runs} choices a seed, {report.DistinctTraces} traces of {report.Runs}");
        yield return new($"a seed of {Clients} clients and {Calls} calls, boot and shutdown included, ms", "-", time.TotalMilliseconds / report.Runs, 10, "at most");
    }

    private static (ExploreReport Report, TimeSpan Time) Explore(int seeds)
    {
        var start = Stopwatch.GetTimestamp();
        var report = DrmExplorer.Run(new ExploreOptions { Seeds = seeds, Parallel = 1 }, world =>
        {
            for (var i = 0; i < Clients; i++)
                world.Start($"{i}", () => ClientAsync(world));
            return Task.CompletedTask;
        });
        return (report, Stopwatch.GetElapsedTime(start));
    }

    private static async Task ClientAsync(DrmWorld world)
    {
        await using var card = await world.Host.OpenAsync();
        for (var i = 0; i < Calls / Clients / 2; i++)
            await card.CallAsync(new GemClose((await card.CreateDumbAsync(64, 64)).Handle));
    }
}
