using System.CommandLine;
using DrmActors.Bridge;
using DrmActors.Cli.Running;

namespace DrmActors.Cli.Serve;

/// <summary><c>drm env</c>: what a shell evaluates, so that the programs that it starts use the cards of a server.</summary>
internal static class EnvCommand
{
    public static Command Create()
    {
        var socket = ServeCommand.SocketOption();
        var command = new Command("env", "Prints what a shell evaluates to use a server's boards.") { socket };
        command.SetAction(parsed => Print(new ServerSocket(parsed.GetValue(socket)!)));
        return command;
    }

    private static int Print(ServerSocket socket)
    {
        if (!socket.IsServed())
            return Stderr.Fail($"--socket {socket.Path}: nobody serves there; start: drm serve --socket {ShellText.Quote(socket.Path)}", ExitCodes.Usage);
        foreach (var (name, value) in BridgeServer.EnvironmentOf(socket.Path, socket.Root))
        {
            var joined = name == "LD_PRELOAD" ? ChildEnvironment.Join(null, Environment.GetEnvironmentVariable(name) ?? "", value) : value;
            Console.Out.WriteLine($"export {name}={ShellText.Quote(joined)}");
        }

        return ExitCodes.Success;
    }
}
