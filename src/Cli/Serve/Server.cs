using System.Runtime.InteropServices;
using DrmActors.Cli.Serving;

namespace DrmActors.Cli.Serve;

/// <summary><c>drm serve</c> from its options to its exit code.</summary>
internal static class Server
{
    public static int Run(ServingOptions options, string path)
    {
        try
        {
            return RunAsync(options, new ServerSocket(path)).GetAwaiter().GetResult();
        }
        catch (Exception e) when (Failures.IsKnown(e))
        {
            return Failures.Say(e);
        }
    }

    private static async Task<int> RunAsync(ServingOptions options, ServerSocket socket)
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);
        socket.Claim();
        var cards = await ServedCards.StartAsync(options, socket.Path, socket.Root);
        try
        {
            Console.Out.WriteLine($"eval \"$({ShellText.Self()} env --socket {ShellText.Quote(socket.Path)})\"");
            await stop.Task;
        }
        finally
        {
            await cards.DisposeAsync();
            File.Delete(socket.Path);
        }

        return ExitCodes.Success;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            stop.TrySetResult();
        }
    }
}
