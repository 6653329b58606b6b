using DrmActors.Hardware.Memory;
using DrmActors.Hosting;
using DrmActors.Simulation.Invariants;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Stressing;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Simulation;

/// <summary>Random calls of many clients on real threads and in real time, round after round, with all invariants.</summary>
public static class DrmStress
{
    /// <param name="show">Told the figures and what the host holds now and then; null for nobody.</param>
    /// <exception cref="InvariantException">A promise was broken.</exception>
    /// <exception cref="WorkloadMixException">No such mix, or a broken one.</exception>
    public static async Task<StressResult> RunAsync(StressOptions options, Action<StressFigures, ArenaUsage>? show = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var mix = WorkloadMix.Load(options.Workloads.Mix);
        var host = await HostAsync(options, cancellation);
        var meter = new StressMeter(host.Clock);
        var end = host.Clock.Now + (options.Duration.Ticks * 100);
        var rounds = 0;
        Exception? failure = null;
        try
        {
            for (; host.Clock.Now < end && !(meter.Calls >= options.Operations) && !cancellation.IsCancellationRequested; rounds++)
            {
                var workload = WorkloadGenerator.Make(mix, new Seed(unchecked(options.Seed + rounds)), options.Workloads.Clients, options.Workloads.Calls);
                await RoundAsync(host, workload, meter);
                show?.Invoke(meter.Figures(rounds + 1), host.Usage);
            }
        }
        catch (InvariantException e)
        {
            failure = e;
        }

        var figures = meter.Figures(rounds);
        return new StressResult(figures, failure?.Message, await host.ShutdownAsync());
    }

    private static async Task RoundAsync(DrmHost host, Workload workload, StressMeter meter)
    {
        var run = await StandardWorkload.PrepareAsync(host, workload, new RunWatch([meter, .. StandardInvariants.ForThreads()]));
        var all = Enumerable.Range(0, workload.Clients.Length);
        await Parallel.ForEachAsync(
            all,
            new ParallelOptions { MaxDegreeOfParallelism = workload.Clients.Length },
            async (client, _) => await run.ClientAsync(client));
    }

    private static Task<DrmHost> HostAsync(StressOptions options, CancellationToken cancellation)
    {
        var host = new DrmHostOptions { Time = TimeMode.Real };
        foreach (var board in options.Boards)
            host.Boards.Add(board);
        return DrmHost.StartAsync(host, cancellation);
    }
}

/// <summary>How a stress run ended.</summary>
/// <param name="Broken">The promise that was broken, in a sentence; null for none.</param>
public sealed record StressResult(StressFigures Figures, string? Broken, LeakReport Leaks)
{
    /// <summary>Every promise was kept, and nothing is left.</summary>
    public bool Passed => Broken is null && Leaks.IsClean;
}
