using System.CommandLine;
using DrmActors.Simulation.Stressing.Processes;

namespace DrmActors.Cli.Stressing;

/// <summary>The command line of a client of <c>drm stress --processes</c>, which that starts; nobody else need know it.</summary>
internal static class StressClientCommand
{
    public const string Name = "stress-client";
    private const string Card = "/dev/dri/card";

    public static Command Create()
    {
        var mix = new Argument<string>("MIX");
        var seed = new Argument<int>("SEED");
        var cards = new Argument<int>("CARDS");
        var command = new Command(Name, "Calls at random, until its input ends.") { mix, seed, cards };
        command.Hidden = true;
        command.SetAction(async (parsed, _) =>
        {
            string[] paths = [.. Enumerable.Range(0, parsed.GetValue(cards)).Select(minor => $"{Card}{minor}")];
            await StressProcess.RunAsync(parsed.GetValue(mix)!, parsed.GetValue(seed), paths, Console.OpenStandardInput(), Console.Out);
            return ExitCodes.Success;
        });
        return command;
    }
}
