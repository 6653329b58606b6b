using System.CommandLine;
using DrmActors.Bridge;
using DrmActors.Cli.Serving;
using DrmActors.Hosting.Control;

namespace DrmActors.Cli.Control;

/// <summary><c>drm ctl</c>: does something to the boards of a server that runs.</summary>
internal static class CtlCommand
{
    public static Command Create()
    {
        var socket = new Option<string?>("--socket")
        {
            Description = "The socket of the server [default: $DRM_ACTORS_SOCKET]",
            HelpName = "PATH",
            Recursive = true,
        };
        var command = new Command("ctl", "Does something to the boards of a server: monitors, faults, pictures.") { socket };
        foreach (var word in new ControlWords(Environment.CurrentDirectory, (parsed, wanted) => Send(parsed.GetValue(socket), wanted)).All())
            command.Add(word);
        return command;
    }

    private static int Send(string? socket, Func<ControlCommand> command)
    {
        socket ??= Environment.GetEnvironmentVariable("DRM_ACTORS_SOCKET");
        if (socket is null)
            return Stderr.Fail("--socket: found neither it nor DRM_ACTORS_SOCKET; allowed: the socket of a server, as \"drm serve --socket\" has", ExitCodes.Usage);
        try
        {
            var (errno, text) = ControlClient.Ask(socket, command());
            if (errno != Messages.Errno.None)
                return Stderr.Fail(text, errno == Messages.Errno.EINVAL ? ExitCodes.Usage : ExitCodes.Failure);
            Console.Out.Write(text);
            return ExitCodes.Success;
        }
        catch (Exception e) when (Failures.IsKnown(e))
        {
            return Failures.Say(e);
        }
    }
}
