using System.Globalization;
using DrmActors.Simulation;
using DrmActors.Simulation.Exploring;

namespace DrmActors.Bench;

/// <summary>What ten million calls leave behind in a process.</summary>
internal static class LongRunBenchmarks
{
    private const long FirstLook = 100_000;
    private const long LastLook = 10_000_000;
    private const int SeedsAtOnce = 100;

    public static IEnumerable<BenchRow> Run()
    {
        var workloads = new WorkloadOptions();
        var callsAtOnce = (long)SeedsAtOnce * workloads.Clients * workloads.Calls;
        (long Heap, long Resident) first = default, last = default;
        for (var (calls, seed) = (0L, 0); calls < LastLook; seed += SeedsAtOnce)
        {
            WorkloadExplorer.Run(new ExploreOptions { From = seed, Seeds = SeedsAtOnce }, workloads);
            calls += callsAtOnce;
            if (calls >= FirstLook && first.Heap == 0)
                first = Look();
            if (calls / 200_000 != (calls - callsAtOnce) / 200_000 || calls >= LastLook)
                Console.Error.WriteLine($"  {calls} calls: {last = Look()}");
        }

        yield return new("heap after ten million calls, one world after the other", "heap after 100,000", (double)last.Heap / first.Heap, 1.05,
            $"at most; {last.Heap / 1024} KiB against {first.Heap / 1024}");
        yield return new("pages of buffers that are resident then", "-", last.Resident, 1024, $"at most; KiB, {first.Resident} after 100,000 calls");
    }

    // After a full collection; what finalizers give back included.
    private static (long Heap, long Resident) Look()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return (GC.GetTotalMemory(forceFullCollection: true), Resident());
    }

    // In KiB. The runtime maps its code from a memfd of its own.
    private static long Resident()
    {
        var (isArena, sum) = (false, 0L);
        foreach (var line in File.ReadLines("/proc/self/smaps"))
            if (line.Contains("/memfd:", StringComparison.Ordinal))
                isArena = !line.Contains("doublemapper", StringComparison.Ordinal);
            else if (line.StartsWith("Rss:", StringComparison.Ordinal) && isArena)
                (sum, isArena) = (sum + long.Parse(line.Split(':', 'k')[1], CultureInfo.InvariantCulture), false);
        return sum;
    }
}
