using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace DrmActors.Cli;

/// <summary>What the commands that draw their calls at random are told alike.</summary>
internal static class WorkloadArguments
{
    public static Option<string[]> Boards(string description) => new("--board")
    {
        Description = $"{description} A name (config/boards/NAME.conf) or a file.",
        HelpName = "NAME|FILE",
        DefaultValueFactory = _ => ["rk3399"],
    };

    public static Option<string> Mix(string name) => new(name)
    {
        Description = "Which calls, how often: a name (config/workloads/NAME.conf) or a file.",
        HelpName = "NAME|FILE",
        DefaultValueFactory = _ => "standard",
    };

    public static Option<string?> Faults() => new("--faults")
    {
        Description = "What goes wrong meanwhile, how often: a name (config/workloads/NAME.conf, as faults) or a file.",
        HelpName = "NAME|FILE",
    };

    /// <param name="usual">Null where the option has no value unless it is given.</param>
    public static Option<T> Whole<T>(string name, string description, T? usual, T least, T most)
        where T : struct, INumber<T>
    {
        var option = new Option<T>(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = argument => Parse(argument, name, least, most),
        };
        if (usual is { } value)
            option.DefaultValueFactory = _ => value;
        return option;
    }

    public static T Parse<T>(ArgumentResult argument, string name, T least, T most)
        where T : struct, INumber<T>
    {
        if (!T.TryParse(argument.Tokens[0].Value, CultureInfo.InvariantCulture, out var number) || number < least || number > most)
            argument.AddError($"{name}: found '{argument.Tokens[0].Value}'; allowed: a whole number from {least} to {most}");
        return number;
    }
}
