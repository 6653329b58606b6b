using System.Diagnostics;
using Akka.Actor;
using Akka.Configuration;
using DrmActors.Actors;
using DrmActors.Messages;
using DrmActors.Simulation;
using DrmActors.Simulation.Exploring;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Stressing;
using DrmActors.Simulation.Worlds;

namespace DrmActors.Bench;

/// <summary>Seeded worlds.</summary>
internal static class SimulationBenchmarks
{
    private const int Clients = 8;
    private const int Calls = 500;
    private const int Bounces = 300_000;

    public static IEnumerable<BenchRow> Run()
    {
        Explore(50);
        var (report, time) = Explore(400);
        yield return new("messages delivered a second, one world after the other on one thread", "-", report.Deliveries / time.TotalSeconds, 200_000,
            $"at least; {report.Deliveries / report.Runs} messages and {report.Choices / report.Runs} choices a seed, {report.DistinctTraces} traces of {report.Runs}");
        yield return new($"a seed of {Clients} clients and {Calls} calls, boot and shutdown included, ms", "-", time.TotalMilliseconds / report.Runs, 10, "at most");
        yield return Fairness();
        yield return Standard();
        yield return Throughput();
        yield return Hour();
    }

    private static BenchRow Fairness()
    {
        var options = new StressOptions { Duration = TimeSpan.FromSeconds(20) };
        options.Workloads.Clients = 256;
        var result = DrmStress.RunAsync(options).GetAwaiter().GetResult();
        var figures = result.Figures;
        return new($"calls of the slowest of {options.Workloads.Clients} clients on threads", "the median's", figures.Clients.Fairness, 0.5,
            $"at least; {figures.Rate:n0} calls a second, p50 {figures.Latency.P50:n0} us, p99 {figures.Latency.P99:n0} us, {(result.Passed ? "passed" : result.Broken)}");
    }

    // Drawn calls of all kinds, with all invariants.
    private static BenchRow Standard()
    {
        const int Seeds = 200;
        var workloads = new WorkloadOptions { Clients = Clients, Calls = Calls / Clients };
        WorkloadExplorer.Run(new ExploreOptions { Seeds = 50, Parallel = 1 }, workloads);
        var start = Stopwatch.GetTimestamp();
        var report = WorkloadExplorer.Run(new ExploreOptions { Seeds = Seeds, Parallel = 1 }, workloads);
        var time = Stopwatch.GetElapsedTime(start);
        return new($"a seed of the standard workload, {Clients} clients and {Calls} calls, with all invariants, ms", "-", time.TotalMilliseconds / report.Runs, 10,
            $"at most; {report.Deliveries / report.Runs} messages a seed, {report.Deliveries / time.TotalSeconds:N0} a second");
    }

    // Two actors that send one message to and fro: there is never more than one thread's work.
    private static BenchRow Throughput()
    {
        var seeded = new WorldPlatform(new RandomSchedule(new Seed(1)));
        var world = seeded.CreateSystem(ConfigurationFactory.Empty);
        using var threads = ActorSystem.Create("threads");
        var (mine, yardstick) = Interleaved.Medians(
            rounds: 9,
            () => Bounce(world, () =>
            {
                while (seeded.World.Step())
                {
                }
            }),
            () => Bounce(threads, () => { })).GetAwaiter().GetResult();
        return new("messages between two actors in a world", "the same on the thread pool", yardstick / mine, 0.5,
            $"at least; {Bounces / mine / 1e6:f2} M/s against {Bounces / yardstick / 1e6:f2}");
    }

    private static async Task Bounce(ActorSystem system, Action run)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var wall = system.ActorOf(ActorProps.Of(() => new Bouncer(done)));
        var ball = system.ActorOf(ActorProps.Of(() => new Bouncer(done)));
        wall.Tell(Bounces, ball);
        run();
        await done.Task;
        system.Stop(wall);
        system.Stop(ball);
        run();
    }

    private static BenchRow Hour()
    {
        var start = Stopwatch.GetTimestamp();
        var report = DrmExplorer.Run(new ExploreOptions { Seeds = 1, StepLimit = long.MaxValue }, async world =>
        {
            await using var card = await world.Host.OpenAsync();
            var resources = await card.GetResourcesAsync();
            var monitor = await card.GetConnectorAsync(resources.Connectors[0]);
            var mode = monitor.Modes[0];
            var framebuffer = await card.AddFbAsync(await card.CreateDumbAsync(mode.HDisplay, mode.VDisplay));
            await card.SetCrtcAsync(resources.Crtcs[0], framebuffer, monitor.Id, mode);
            while (world.Now < TimeSpan.FromHours(1))
            {
                await card.PageFlipAsync(resources.Crtcs[0], framebuffer);
                await card.NextEventAsync();
            }
        });
        var time = Stopwatch.GetElapsedTime(start);
        return new("an hour of flips at 60 Hz in a world, s", "-", time.TotalSeconds, 10,
            $"at most; {report.Deliveries / 1e6:f1} M messages, {(report.Violation is null ? "passed" : report.Violation.Message)}");
    }

    private sealed class Bouncer(TaskCompletionSource done) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is int left and > 0)
                Sender.Tell(left - 1);
            else
                done.SetResult();
        }
    }

    private static (ExploreReport Report, TimeSpan Time) Explore(int seeds)
    {
        var start = Stopwatch.GetTimestamp();
        var report = DrmExplorer.Run(new ExploreOptions { Seeds = seeds, Parallel = 1 }, world =>
        {
            for (var i = 0; i < Clients; i++)
                world.Start($"{i}", () => ClientAsync(world));
            return Task.CompletedTask;
        });
        return (report, Stopwatch.GetElapsedTime(start));
    }

    private static async Task ClientAsync(DrmWorld world)
    {
        await using var card = await world.Host.OpenAsync();
        for (var i = 0; i < Calls / Clients / 2; i++)
            await card.CallAsync(new GemClose((await card.CreateDumbAsync(64, 64)).Handle));
    }
}
