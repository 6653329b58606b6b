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
        var board = new Option<string[]>("--board")
        {
            Description = "A board: a name (config/boards/NAME.conf) or a file. The clients use the first.",
            HelpName = "NAME|FILE",
            DefaultValueFactory = _ => ["rk3399"],
        };
        var mix = new Option<string>("--mix")
        {
            Description = "Which calls, how often: a name (config/workloads/NAME.conf) or a file.",
            HelpName = "NAME|FILE",
            DefaultValueFactory = _ => "standard",
        };
        var faults = new Option<string?>("--faults")
        {
            Description = "What goes wrong meanwhile, how often: a name (config/workloads/NAME.conf, as faults) or a file.",
            HelpName = "NAME|FILE",
        };
        var clients = new Option<int>("--clients")
        {
            Description = "Clients at the same time.",
            HelpName = "N",
            DefaultValueFactory = _ => 16,
            CustomParser = argument => (int)Whole(argument, "--clients", 1, 4096),
        };
        var processes = new Option<int>("--processes")
        {
            Description = "Clients that are real processes, which call through the client library, in place of --clients.",
            HelpName = "N",
            CustomParser = argument => (int)Whole(argument, "--processes", 1, 256),
        };
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
            CustomParser = argument => Whole(argument, "--ops", 1, long.MaxValue),
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

    private static long Whole(ArgumentResult argument, string name, long least, long most)
    {
        if (!long.TryParse(argument.Tokens[0].Value, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
            argument.AddError($"{name}: found '{argument.Tokens[0].Value}'; allowed: a whole number from {least} to {most}");
        return number;
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
