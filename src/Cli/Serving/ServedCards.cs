using DrmActors.Bridge;
using DrmActors.Cli.Control;
using DrmActors.Cli.Demo;
using DrmActors.Cli.Tracing;
using DrmActors.Hardware.Memory;
using DrmActors.Hosting;

namespace DrmActors.Cli.Serving;

/// <summary>Boards that are up, and served to other processes.</summary>
internal sealed class ServedCards : IAsyncDisposable
{
    private const string DefaultBoard = "rk3399";

    private readonly TraceWriter? _trace;

    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _scenario;

    private ServedCards(DrmHost host, BridgeServer bridge, TraceWriter? trace, Scenario? scenario)
    {
        (Host, Bridge) = (host, bridge);
        _trace = trace;
        _scenario = scenario?.RunAsync(host, Stderr.Say, _stopping.Token) ?? Task.CompletedTask;
    }

    public DrmHost Host { get; }

    public BridgeServer Bridge { get; }

    public static async Task<ServedCards> StartAsync(ServingOptions options, string socket, string root, bool keepLastPicture = false)
    {
        var scenario = options.Scenario is null ? null : Scenario.Load(options.Scenario);
        var trace = TraceWriter.Start(options);
        DrmHost? host = null;
        try
        {
            host = await DrmHost.StartAsync(HostOptions(options, keepLastPicture));
            var bridge = BridgeServer.Start(host, new BridgeOptions
            {
                Socket = socket,
                Root = root,
                UserId = options.UserId,
                OnCall = trace is null ? null : trace.Add,
            });
            return new ServedCards(host, bridge, trace, scenario);
        }
        catch
        {
            if (host is not null)
                await host.DisposeAsync();
            if (trace is not null)
                await trace.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends all that is served, and says what is still out.</summary>
    public async Task<LeakReport> StopAsync()
    {
        await _stopping.CancelAsync();
        await _scenario.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Bridge.DisposeAsync();
        var leaks = await Host.ShutdownAsync();
        // The last, so that it has the calls that ended with the cards.
        if (_trace is not null)
            await _trace.DisposeAsync();
        return leaks;
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private static DrmHostOptions HostOptions(ServingOptions options, bool keepLastPicture)
    {
        var made = new DrmHostOptions { LoggerFactory = new ErrorLog(), KeepLastPicture = keepLastPicture };
        foreach (var board in options.Boards)
            made.Boards.Add(board);
        if (options.Edid is { } edid)
            made.Monitors.Add(DemoFiles.CheckEdid(edid, options.Boards.FirstOrDefault() ?? DefaultBoard), edid);
        return made;
    }
}
