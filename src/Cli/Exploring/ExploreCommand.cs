using System.CommandLine;
using DrmActors.Simulation.Exploring;

namespace DrmActors.Cli.Exploring;

/// <summary>The command line of <c>drm explore</c>.</summary>
internal static class ExploreCommand
{
    public static Command Create()
    {
        var board = WorkloadArguments.Boards("A board of each world; of several, the clients take turns at them.");
        var workload = WorkloadArguments.Mix("--workload");
        var faults = WorkloadArguments.Faults();
        var clients = Whole("--clients", "Clients of each world.", 8, 1);
        var calls = Whole("--calls", "Calls of each client.", 60, 1);
        var seeds = Whole("--seeds", "How many seeds, each a world of its own.", 1000, 1);
        var from = Whole("--from", "The first seed.", 0, int.MinValue);
        var strategy = new Option<Strategy>("--strategy")
        {
            Description = "How it is chosen what runs next.",
            DefaultValueFactory = _ => Strategy.Random,
        };
        var depth = Whole("--depth", "Of pct: how many orderings a bug may need. Of delay: delays a run.", 3, 1);
        var steps = Whole("--steps", "Steps after which a run counts as a livelock.", 1_000_000, 1);
        var output = new Option<string>("--out")
        {
            Description = "The folder for what is found: race-SEED.json to replay, race-SEED.txt to read.",
            HelpName = "FOLDER",
            DefaultValueFactory = _ => ".",
        };

        var command = new Command("explore", "Runs workloads in seeded worlds until a promise is broken, and shrinks what breaks it.")
        {
            board, workload, faults, clients, calls, seeds, from, strategy, depth, steps, output,
        };
        command.SetAction(parsed =>
        {
            var options = new ExploreOptions
            {
                Seeds = parsed.GetValue(seeds),
                From = parsed.GetValue(from),
                Strategy = parsed.GetValue(strategy),
                Depth = parsed.GetValue(depth),
                StepLimit = parsed.GetValue(steps),
            };
            foreach (var name in parsed.GetValue(board)!)
                options.Boards.Add(name);
            var drawn = new WorkloadOptions
            {
                Mix = parsed.GetValue(workload)!,
                Faults = parsed.GetValue(faults),
                Clients = parsed.GetValue(clients),
                Calls = parsed.GetValue(calls),
            };
            return Explorer.Run(options, drawn, parsed.GetValue(output)!);
        });
        return command;
    }

    private static Option<int> Whole(string name, string description, int usual, int least) =>
        WorkloadArguments.Whole(name, description, (int?)usual, least, int.MaxValue);
}
