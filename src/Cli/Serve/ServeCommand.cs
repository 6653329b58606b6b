using System.CommandLine;
using DrmActors.Cli.Serving;

namespace DrmActors.Cli.Serve;

/// <summary>The command line of <c>drm serve</c>.</summary>
internal static class ServeCommand
{
    public static Command Create()
    {
        var serving = new ServingArguments();
        var socket = SocketOption();
        var command = new Command("serve", "Serves boards to programs that are started elsewhere, until it is interrupted.") { socket };
        serving.AddTo(command);
        command.SetAction(parsed => Server.Run(serving.Of(parsed), parsed.GetValue(socket)!));
        return command;
    }

    public static Option<string> SocketOption() => new("--socket")
    {
        Description = "The socket of the server; PATH.root beside it is the server's too.",
        HelpName = "PATH",
        Required = true,
    };
}
