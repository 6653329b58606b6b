using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using DrmActors.Simulation.Stressing;

namespace DrmActors.Cli.Stressing;

/// <summary>The command line of <c>drm stress</c>.</summary>
internal static class StressCommand
{
    public static Command Create()
    {
        var board = WorkloadArguments.Boards("A board; of several, the clients take turns at them.");
        var mix = WorkloadArguments.Mix("--mix");
        var faults = WorkloadArguments.Faults();
        var clients = WorkloadArguments.Whole("--clients", "Clients at the same time.", 16, 1, 4096);
        var processes = WorkloadArguments.Whole<int>(
            "--processes", "Clients that are real processes, which call through the client library, in place of --clients.", null, 1, 256);
        var duration = new Option<TimeSpan>("--duration")
        {
            Description = "How long, as 30s or 5m.",
            HelpName = "TIME",
            DefaultValueFactory = _ => TimeSpan.FromSeconds(30),
            CustomParser = ParseDuration,
        };
        var operations = new Option<long?>("--ops")
        {
            Description = "Calls after which it ends, if it has the time.",
            HelpName = "N",
            CustomParser = argument => WorkloadArguments.Parse(argument, "--ops", 1, long.MaxValue),
        };
        var seed = new Option<int>("--seed") { Description = "What is drawn; the order is the machine's.", HelpName = "N" };
        var json = new Option<string?>("--json") { Description = "Where the figures go, as JSON.", HelpName = "FILE" };

        var command = new Command("stress", "Runs random calls of many clients on threads, in real time, with every promise watched.")
        {
            board, mix, faults, clients, processes, duration, operations, seed, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var options = new StressOptions
            {
                Duration = parsed.GetValue(duration),
                Operations = parsed.GetValue(operations),
                Processes = parsed.GetValue(processes),
                Seed = parsed.GetValue(seed),
            };
            options.Workloads.Mix = parsed.GetValue(mix)!;
            options.Workloads.Faults = parsed.GetValue(faults);
            options.Workloads.Clients = parsed.GetValue(clients);
            foreach (var name in parsed.GetValue(board)!)
                options.Boards.Add(name);
            return Stressor.RunAsync(options, parsed.GetValue(json), cancellation);
        });
        return command;
    }

    private static TimeSpan ParseDuration(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        var seconds = text.EndsWith('m') ? 60 : text.EndsWith('s') ? 1 : 0;
        if (seconds == 0 || !int.TryParse(text[..^1], CultureInfo.InvariantCulture, out var number) || number < 1)
            argument.AddError($"--duration: found '{text}'; allowed: a whole number of seconds or minutes, as 30s or 5m");
        else
            return TimeSpan.FromSeconds((long)number * seconds);
        return default;
    }
}
