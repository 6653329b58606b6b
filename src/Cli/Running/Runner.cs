using DrmActors.Cli.Demo;
using DrmActors.Cli.Serving;

namespace DrmActors.Cli.Running;

/// <summary><c>drm run</c> from its options to its exit code. It waits on the thread that it was called on, which is its own.</summary>
internal static class Runner
{
    public static int Run(RunOptions options)
    {
        try
        {
            if (options.Out is not null)
                DemoFiles.CheckOut(options.Out);
            var name = options.Program[0];
            var (file, code, why) = ProgramFinder.Find(name, Environment.GetEnvironmentVariable("PATH"));
            if (file is null)
                return Stderr.Fail($"{name}: {why}", code);
            var preload = Preload.Look(file);
            if (preload.Obstacle is not null && !options.AllowUnused)
                return Stderr.Fail($"{preload.Obstacle}, or accept that with --allow-unused.", ExitCodes.Unused);
            return Run(options, file, preload.First);
        }
        catch (Exception e) when (Failures.IsKnown(e))
        {
            return Failures.Say(e);
        }
    }

    private static int Run(RunOptions options, string file, string? first)
    {
        // The first, so that a signal leaves neither the folder nor the program behind.
        using var child = new ChildProcess();
        using var folder = PrivateFolder.Create();
        var cards = ServedCards.StartAsync(
            options.Serving,
            Path.Combine(folder.Path, "socket"),
            Path.Combine(folder.Path, "root"),
            keepLastPicture: options.Out is not null).GetAwaiter().GetResult();
        int ended;
        var afterwards = ExitCodes.Success;
        try
        {
            ended = child.Run(
                file,
                ProcessBytes.LastArguments(options.Program.Count),
                ChildEnvironment.Of(ProcessBytes.Environment(), cards.Bridge.Environment, first));
            if (child.HasRun)
                afterwards = Afterwards.CheckAsync(options, cards, ended).GetAwaiter().GetResult();
        }
        finally
        {
            var leaks = cards.StopAsync().GetAwaiter().GetResult();
            if (!leaks.IsClean)
                afterwards = Stderr.Fail($"leak report: {leaks}", ExitCodes.Failure);
        }

        // A program that failed has said so itself.
        return ended != ExitCodes.Success ? ended : afterwards;
    }
}
