using System.Text.Json;
using DrmActors.Cli.Serving;
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
            var result = IsTerminal
                ? await AnsiConsole.Live(StressText.Table(StressFigures.None)).AutoClear(true).StartAsync(live =>
                    RunAsync(options, figures => live.UpdateTarget(StressText.Table(figures)), cancellation))
                : await RunAsync(options, (Action<StressFigures>?)null, cancellation);
            Console.WriteLine(StressText.Summary($"{Who(options)} on {string.Join(", ", options.Boards)}", result));
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

    private static Task<StressResult> RunAsync(StressOptions options, Action<StressFigures>? show, CancellationToken cancellation) =>
        options.Processes > 0 ? ProcessStress.RunAsync(options, show, cancellation) : DrmStress.RunAsync(options, show, cancellation);

    private static string Who(StressOptions options) => options.Processes > 0 ? $"{options.Processes} processes" : $"{options.Workloads.Clients} clients";

    private static bool IsTerminal => !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities is { Ansi: true, Interactive: true };
}
