using System.Globalization;
using System.Text.Json;
using DrmActors.Cli.Serving;
using DrmActors.Hardware.Memory;
using DrmActors.Simulation;
using DrmActors.Simulation.Stressing;
using DrmActors.Simulation.Workloads;
using Spectre.Console;

namespace DrmActors.Cli.Stressing;

/// <summary>Runs, shows what goes on where there is a terminal, and says how it ended.</summary>
internal static class Stressor
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static async Task<int> RunAsync(StressOptions options, string? json, CancellationToken cancellation)
    {
        try
        {
            var result = Console.IsOutputRedirected
                ? await DrmStress.RunAsync(options, null, cancellation)
                : await AnsiConsole.Live(new Table()).StartAsync(live => DrmStress.RunAsync(
                    options,
                    (figures, usage) => live.UpdateTarget(Table(figures, usage)),
                    cancellation));
            Console.WriteLine(Summary(options, result));
            if (json is not null)
                await File.WriteAllTextAsync(json, JsonSerializer.Serialize(result, Json) + "\n", CancellationToken.None);
            return result.Passed ? ExitCodes.Success : ExitCodes.Failure;
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

    private static Table Table(StressFigures figures, ArenaUsage usage)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("", "");
        foreach (var (name, value) in Rows(figures))
            table.AddRow(name, value);
        return table.AddRow("held now", Text($"{usage.Objects:n0} objects, {usage.Pages:n0} pages, {usage.Mappings:n0} mappings"));
    }

    private static string Summary(StressOptions options, StressResult result)
    {
        var rows = Rows(result.Figures).Select(r => $"{r.Name}: {r.Value}");
        var end = result.Broken is { } broken ? $"broken: {broken}" : "every promise kept";
        return $"{options.Workloads.Clients} clients on {string.Join(", ", options.Boards)}\n{string.Join("\n", rows)}\n{result.Leaks}\n{end}";
    }

    private static IEnumerable<(string Name, string Value)> Rows(StressFigures figures)
    {
        yield return ("calls", Text($"{figures.Calls:n0} in {figures.Elapsed.TotalSeconds:f1} s and {figures.Rounds} rounds, {figures.Rate:n0} a second"));
        yield return ("latency", Text($"p50 {figures.P50:n0} us, p99 {figures.P99:n0} us, max {figures.Max:n0} us"));
        yield return ("answers", string.Join(", ", figures.Errors.OrderByDescending(e => e.Value).Select(e => Text($"{e.Key} {e.Value:n0}"))));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
