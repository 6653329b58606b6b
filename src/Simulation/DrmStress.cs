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
    private static readonly TimeSpan BetweenShows = TimeSpan.FromMilliseconds(250);

    // Long enough to be fair in, and short enough to say soon what is wrong.
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(2);

    /// <summary>Looks at the mix and the fault file of a run.</summary>
    /// <inheritdoc cref="RunAsync"/>
    public static void Check(StressOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        WorkloadMix.Load(options.Workloads.Mix);
        if (options.Workloads.Faults is { } faults)
            FaultMix.Load(faults);
    }

    /// <param name="show">Told the figures now and then; null for nobody.</param>
    /// <exception cref="WorkloadMixException">No such mix or fault file, or a broken one.</exception>
    public static async Task<StressResult> RunAsync(StressOptions options, Action<StressFigures>? show = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var mix = WorkloadMix.Load(options.Workloads.Mix);
        var faults = options.Workloads.Faults is { } named ? FaultMix.Load(named) : null;
        var counts = FaultCounts.Of(faults?.Planned ?? []);
        var host = await HostAsync(options, cancellation);
        var meter = new StressMeter(host, counts, options.Workloads.Clients);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var showing = show is null ? Task.CompletedTask : ShowAsync(meter, show, host.Clock, over.Token);
        string? broken = null;
        try
        {
            await RoundsAsync(options, new StressRound(host, mix, faults, meter, counts), meter, host.Clock, cancellation);
        }
        catch (InvariantException e)
        {
            broken = e.Message;
        }

        await over.CancelAsync();
        await showing;
        var figures = meter.Figures();
        show?.Invoke(figures);
        return new StressResult(figures, broken, await host.ShutdownAsync());
    }

    private static async Task RoundsAsync(
        StressOptions options, StressRound round, StressMeter meter, TimeProvider clock, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        while (!IsOver())
        {
            var began = clock.GetTimestamp();
            await round.RunAsync(
                new Seed(unchecked(options.Seed + meter.Rounds)),
                options.Workloads.Clients,
                () => clock.GetElapsedTime(began) > Round || IsOver());
            meter.Rounds++;
        }

        bool IsOver() =>
            clock.GetElapsedTime(start) >= options.Duration || meter.Calls >= options.Operations || cancellation.IsCancellationRequested;
    }

    private static async Task ShowAsync(StressMeter meter, Action<StressFigures> show, TimeProvider clock, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            show(meter.Figures());
            try
            {
                await Task.Delay(BetweenShows, clock, over);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
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
