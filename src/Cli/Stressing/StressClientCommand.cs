using System.CommandLine;
using DrmActors.Simulation.Stressing.Processes;

namespace DrmActors.Cli.Stressing;

/// <summary>The command line of a client of <c>drm stress --processes</c>, which that starts; nobody else need know it.</summary>
internal static class StressClientCommand
{
    public const string Name = "stress-client";
    public const string Card = "/dev/dri/card0";

    public static Command Create()
    {
        var mix = new Argument<string>("MIX");
        var seed = new Argument<int>("SEED");
        var command = new Command(Name, "Calls at random, until its input ends.") { mix, seed };
        command.Hidden = true;
        command.SetAction(async (parsed, _) =>
        {
            await StressProcess.RunAsync(parsed.GetValue(mix)!, parsed.GetValue(seed), Card, Console.OpenStandardInput(), Console.Out);
            return ExitCodes.Success;
        });
        return command;
    }
}
