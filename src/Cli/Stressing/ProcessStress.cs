using DrmActors.Bridge;
using DrmActors.Cli.Serving;
using DrmActors.Hosting;
using DrmActors.Simulation;
using DrmActors.Simulation.Stressing;
using DrmActors.Simulation.Stressing.Processes;

namespace DrmActors.Cli.Stressing;

/// <summary>
/// Clients that are real processes, and call through the C library: what each of them says is added up, some are killed in the middle of their
/// calls and replaced, and at the end nothing of them is left.
/// </summary>
internal sealed class ProcessStress(StressOptions options, DrmHost host, BridgeServer bridge, StressTally tally, StressFaults? faults) : IDisposable
{
    // All of them, or only one could ever be master.
    private const int Root = 0;

    private static readonly TimeSpan BetweenSteps = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan BetweenShows = TimeSpan.FromMilliseconds(250);

    private readonly StressChild?[] _children = new StressChild?[options.Processes];
    private readonly List<Task> _dying = [];
    private int _started;
    private int _next;

    public static async Task<StressResult> RunAsync(StressOptions options, Action<StressFigures>? show, CancellationToken cancellation)
    {
        DrmStress.Check(options);
        using var folder = PrivateFolder.Create();
        await using var host = await StartAsync(options, cancellation);
        var bridge = BridgeServer.Start(host, new BridgeOptions
        {
            Socket = Path.Combine(folder.Path, "socket"),
            Root = Path.Combine(folder.Path, "root"),
            UserId = Root,
        });
        StressFigures figures;
        string? broken;
        try
        {
            var faults = options.Workloads.Faults is { } named ? await StressFaults.StartAsync(named, host, options.Seed) : null;
            var tally = new StressTally(host, options.Processes, faults);
            using (var run = new ProcessStress(options, host, bridge, tally, faults))
                broken = await run.CallAsync(show, cancellation);
            // What the dead held has been given back from here on.
            await bridge.BarrierAsync();
            figures = tally.Figures();
        }
        finally
        {
            await bridge.DisposeAsync();
        }

        return new StressResult(figures, broken, await host.ShutdownAsync());
    }

    public void Dispose()
    {
        foreach (var child in _children)
            child?.Dispose();
    }

    // Nobody has told it to end: the others need not go on, and it may never have called.
    private bool HasLostOne => Array.Exists(_children, c => c is { HasEnded: true });

    private static Task<DrmHost> StartAsync(StressOptions options, CancellationToken cancellation)
    {
        var made = new DrmHostOptions { Time = TimeMode.Real };
        foreach (var board in options.Boards)
            made.Boards.Add(board);
        return DrmHost.StartAsync(made, cancellation);
    }

    private async Task<string?> CallAsync(Action<StressFigures>? show, CancellationToken cancellation)
    {
        var clock = host.Clock;
        for (var i = 0; i < _children.Length; i++)
            Start(i);
        // The time begins when the first of them calls: to start them all takes a while.
        while (tally.Calls == 0 && !HasLostOne && !cancellation.IsCancellationRequested)
            await Task.Delay(BetweenSteps, clock, CancellationToken.None);
        var start = clock.GetTimestamp();
        var shown = start;
        string? broken = null;
        while (broken is null && !HasLostOne && clock.GetElapsedTime(start) < options.Duration && !(tally.Calls >= options.Operations) && !cancellation.IsCancellationRequested)
        {
            broken = await GoWrongAsync();
            await Task.Delay(BetweenSteps, clock, CancellationToken.None);
            if (clock.GetElapsedTime(shown) < BetweenShows)
                continue;
            shown = clock.GetTimestamp();
            show?.Invoke(tally.Figures());
        }

        faults?.Stop();
        return await StopAsync() is { } end ? broken ?? end : broken;
    }

    private async Task<string?> GoWrongAsync()
    {
        try
        {
            if (faults is not null)
                await faults.StepAsync(tally.Calls, KillOne);
            return null;
        }
        catch (StressFailedException e)
        {
            return e.Message;
        }
    }

    private void Start(int index)
    {
        var mix = Path.Exists(options.Workloads.Mix) ? Path.GetFullPath(options.Workloads.Mix) : options.Workloads.Mix;
        _children[index] = new StressChild(mix, unchecked(options.Seed + _started++), host.Boards.Count, bridge.Environment, line => tally.Add(index, line));
    }

    // One after the other, of those that call.
    private bool KillOne()
    {
        for (var i = 0; i < _children.Length; i++)
        {
            var index = _next++ % _children.Length;
            if (_children[index] is not { HasSpoken: true } child)
                continue;
            _dying.Add(EndAsync(child));
            Start(index);
            return true;
        }

        return false;

        static async Task EndAsync(StressChild child)
        {
            await child.KillAsync();
            child.Dispose();
        }
    }

    private async Task<string?> StopAsync()
    {
        await Task.WhenAll(_dying);
        var ends = await Task.WhenAll(_children.OfType<StressChild>().Select(c => c.StopAsync()));
        return ends.FirstOrDefault(e => e is not null);
    }
}
