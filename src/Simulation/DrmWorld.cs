using DrmActors.Hosting;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Tracing;
using DrmActors.Simulation.Worlds;

namespace DrmActors.Simulation;

/// <summary>
/// A host whose every step is chosen: its actors, its clients and its time run one at a time, in an order that a schedule decides. Code that awaits
/// continues in here; it must not leave by <c>Task.Run</c> or <c>ConfigureAwait(false)</c>.
/// </summary>
public sealed class DrmWorld
{
    private readonly World _world;
    private readonly List<(string Name, Task Task)> _clients = [];

    internal DrmWorld(World world, DrmHost host, Seed seed) => (_world, Host, Chance) = (world, host, seed);

    /// <summary>Boots, serves and shuts down with the world.</summary>
    public DrmHost Host { get; }

    /// <summary>The virtual time since the world began.</summary>
    public TimeSpan Now => TimeSpan.FromTicks(_world.Clock.Now / 100);

    internal Seed Chance { get; }

    /// <summary>Null for none.</summary>
    internal RunTrace? Trace { get; init; }

    /// <summary>Messages that actors got.</summary>
    internal long Deliveries => _world.Deliveries;

    /// <summary>Asked what is wrong with a world that stands still, by who knows the calls of its clients.</summary>
    internal Func<Exception?>? AtStandstill { get; set; }

    /// <summary>0 to below <paramref name="bound"/>, from the world's seed: the only chance that a workload may take.</summary>
    public int Draw(int bound) => Chance.Below(bound);

    /// <summary>Starts a client that runs beside everybody else. The workload is over when all of them are.</summary>
    /// <param name="name">For traces; each client has its own.</param>
    public void Start(string name, Func<Task> client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _clients.Add((name, _world.Start($"client/{name}", client)));
    }

    /// <summary>Waits until nobody has anything to do but to wait: what has been sent has come.</summary>
    public Task QuietAsync()
    {
        var quiet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.WhenQuiet(quiet.SetResult);
        return quiet.Task;
    }

    internal Exception WhoWaits()
    {
        var waiting = _clients.Where(c => !c.Task.IsCompleted).Select(c => c.Name).ToList();
        return AtStandstill?.Invoke() ?? new InvalidOperationException(
            waiting.Count == 0 ? "whoever has started the clients has not ended" : $"clients that have not ended: {string.Join(", ", waiting)}");
    }

    internal async Task ClientsAsync()
    {
        // A client may start others.
        for (var i = 0; i < _clients.Count; i++)
            await _clients[i].Task;
    }
}
