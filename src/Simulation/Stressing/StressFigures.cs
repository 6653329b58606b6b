namespace DrmActors.Simulation.Stressing;

/// <summary>What a stress run has seen until now.</summary>
/// <param name="Rounds">After each of which all clients were gone and nothing was left.</param>
/// <param name="Errors">How many calls got which answer, None for success, by the name of the errno.</param>
/// <param name="Latency">Of a call; what waits for a vblank waits in it.</param>
/// <param name="Faults">How many of each have happened, by their keys in the fault file; 0 for those that might have.</param>
public sealed record StressFigures(
    int Rounds,
    long Calls,
    TimeSpan Elapsed,
    IReadOnlyDictionary<string, long> Errors,
    Latencies Latency,
    Shares Clients,
    Held Held,
    IReadOnlyDictionary<string, long> Faults)
{
    private static readonly IReadOnlyDictionary<string, long> NoCounts = new Dictionary<string, long>(StringComparer.Ordinal);

    /// <summary>Before anything has happened.</summary>
    public static StressFigures None { get; } = new(0, 0, TimeSpan.Zero, NoCounts, new(0, 0, 0), new(0, 0), new(0, 0, 0), NoCounts);

    /// <summary>Calls a second.</summary>
    public double Rate => Elapsed > TimeSpan.Zero ? Calls / Elapsed.TotalSeconds : 0;

    /// <summary>Faults that were to happen and did not.</summary>
    public IEnumerable<string> NeverHappened => Faults.Where(f => f.Value == 0).Select(f => f.Key);
}

/// <summary>In us.</summary>
public sealed record Latencies(double P50, double P99, double Max)
{
    internal static Latencies Of(LatencyHistogram times)
    {
        return new Latencies(Microseconds(times.At(0.5)), Microseconds(times.At(0.99)), Microseconds(times.Max));

        static double Microseconds(long nanoseconds) => nanoseconds / 1e3;
    }
}

/// <summary>How many calls the clients have had: the one with the fewest, and the one in the middle.</summary>
public sealed record Shares(long Slowest, long Median)
{
    /// <summary>1 where all have had as many.</summary>
    public double Fairness => Median > 0 ? (double)Slowest / Median : 1;

    internal static Shares Of(IEnumerable<long> calls)
    {
        var sorted = calls.Order().ToList();
        return sorted.Count == 0 ? new Shares(0, 0) : new Shares(sorted[0], sorted[sorted.Count / 2]);
    }
}

/// <summary>What the clients hold now, and the console.</summary>
public sealed record Held(long Objects, long Pages, long Mappings);
