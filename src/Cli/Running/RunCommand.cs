using System.CommandLine;
using DrmActors.Cli.Serving;

namespace DrmActors.Cli.Running;

/// <summary>The command line of <c>drm run</c>.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var serving = new ServingArguments();
        var output = new Option<string?>("--out") { Description = "Where the last picture of the first screen goes (PNG).", HelpName = "FILE" };
        var allowUnused = new Option<bool>("--allow-unused") { Description = "Accepts a program that uses no card." };
        var program = new Argument<string[]>("PROGRAM")
        {
            Description = "The program and its arguments, behind a \"--\".",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("run", "Runs a program against boards of its own.") { output, allowUnused, program };
        serving.AddTo(command);
        // On the main thread: it waits for the program.
        command.SetAction(parsed => Runner.Run(
            new RunOptions(serving.Of(parsed), parsed.GetValue(program)!, parsed.GetValue(output), parsed.GetValue(allowUnused))));
        return command;
    }
}
