using System.Globalization;
using System.Text.Json;
using DrmActors.Cli.Serving;
using DrmActors.Hardware.Time;
using DrmActors.Simulation;
using DrmActors.Simulation.Exploring;
using DrmActors.Simulation.Workloads;

namespace DrmActors.Cli.Exploring;

/// <summary>Explores, says what was covered, and writes what was found.</summary>
internal static class Explorer
{
    public static int Run(ExploreOptions options, WorkloadOptions workloads, string folder)
    {
        try
        {
            using var clock = new RealClock();
            var start = clock.Now;
            var report = WorkloadExplorer.Run(options, workloads);
            SayCoverage(options, workloads, report, (clock.Now - start) / 1e9);
            return report.Violation is { } violation ? Found(options, workloads, violation, folder) : ExitCodes.Success;
        }
        catch (WorkloadMixException e)
        {
            return Stderr.Fail(e.Message, ExitCodes.Usage);
        }
        catch (Exception e) when (Failures.IsKnown(e))
        {
            return Failures.Say(e);
        }
    }

    private static void SayCoverage(ExploreOptions options, WorkloadOptions workloads, ExploreReport report, double seconds) =>
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Runs} seeds from {options.From}, {Lower(options.Strategy)}, {workloads.Clients} clients of {workloads.Calls} calls on {string.Join(", ", options.Boards)}: {report.DistinctTraces} distinct traces, {report.Choices / Math.Max(report.Runs, 1)} choices a run, {report.Deliveries / seconds:n0} messages a second, {seconds:f1} s{(report.Violation is null ? "; nothing broken" : "")}"));

    private static int Found(ExploreOptions options, WorkloadOptions workloads, Violation violation, string folder)
    {
        Console.WriteLine($"seed {violation.Seed}: {violation.Message}");
        var small = WorkloadExplorer.Shrink(options, workloads, violation);
        var file = Path.Combine(folder, $"race-{violation.Seed}");
        small.Write($"{file}.json");
        using (var trace = new StreamWriter($"{file}.txt"))
        {
            trace.WriteLine(small.Violation);
            WorkloadExplorer.Replay(small, trace);
        }

        var clients = small.Workload.GetProperty("clients").EnumerateArray().ToList();
        Console.WriteLine($"{clients.Sum(c => c.GetArrayLength())} calls are enough: {small.Violation}");
        for (var i = 0; i < clients.Count; i++)
            if (clients[i].GetArrayLength() > 0)
                Console.WriteLine($"  client {i}: {string.Join(", ", clients[i].EnumerateArray().Select(Text))}");
        Console.WriteLine($"to read: {file}.txt; to run again: ./drm replay {file}.json");
        return ExitCodes.Failure;
    }

    private static string Text(JsonElement call) => call.GetRawText();

    private static string Lower(Strategy strategy) => strategy.ToString().ToLowerInvariant();
}
