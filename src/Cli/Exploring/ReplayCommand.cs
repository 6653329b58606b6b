using System.CommandLine;
using DrmActors.Cli.Serving;
using DrmActors.Simulation;
using DrmActors.Simulation.Exploring;

namespace DrmActors.Cli.Exploring;

/// <summary>The command line of <c>drm replay</c>, and what it does.</summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "What drm explore has written (race-SEED.json)." };
        var quiet = new Option<bool>("--quiet") { Description = "Only what came of it, and not who sent what to whom." };
        var command = new Command("replay", "Runs what was found once more, message by message.") { file, quiet };
        command.SetAction(parsed => Run(parsed.GetValue(file)!, parsed.GetValue(quiet)));
        return command;
    }

    private static int Run(string path, bool quiet)
    {
        try
        {
            var file = ReplayFile.Read(path);
            var outcome = WorkloadExplorer.Replay(file, quiet ? null : Console.Out);
            var hash = $"{outcome.TraceHash:x16}";
            Console.WriteLine($"{outcome.End}: {outcome.Failure?.Message ?? file.Violation}; trace {hash}");
            if (!string.Equals(hash, file.TraceHash, StringComparison.Ordinal))
                return Stderr.Fail($"{path}: traceHash: found '{hash}'; recorded: '{file.TraceHash}'", ExitCodes.Usage);
            return outcome.End == WorldEnd.Passed ? ExitCodes.Success : ExitCodes.Failure;
        }
        catch (ReplayException e)
        {
            return Stderr.Fail(e.Message.StartsWith(path, StringComparison.Ordinal) ? e.Message : $"{path}: {e.Message}", ExitCodes.Usage);
        }
        catch (Exception e) when (Failures.IsKnown(e))
        {
            return Failures.Say(e);
        }
    }
}
