using DrmActors.Hosting;
using DrmActors.Simulation.Invariants;

namespace DrmActors.Simulation.Workloads;

/// <summary>Runs a workload on a host's cards, with all invariants: they are checked at every call, when all clients pause, and at the end.</summary>
internal sealed class StandardWorkload
{
    // Calls of each client between two pauses.
    private const int CallsBetweenPauses = 32;

    private readonly Workload _workload;
    private readonly RunWatch _watch;
    private readonly QuietPoints _quiet;
    private readonly IReadOnlyList<WorkloadClient> _clients;
    private readonly Rendezvous _pause;
    private readonly Rendezvous _end;
    private readonly int _pauses;

    private StandardWorkload(DrmHost host, Workload workload, RunWatch watch, QuietPoints points, QuietPoint start, Func<Task>? quiet)
    {
        var boards = RunBoard.All(host, watch.Faults, quiet);
        (_workload, _watch, _quiet) = (workload, watch, points);
        _clients = [.. Enumerable.Range(0, workload.Clients.Length).Select(i => new WorkloadClient(i, host, boards, watch))];
        _pauses = workload.NeverPauses ? 0 : workload.Clients.Select(c => c.Length).DefaultIfEmpty().Max() / CallsBetweenPauses;
        _pause = new Rendezvous(_clients.Count, () => LookAsync("all clients pause", _watch.FaultAt));
        _end = new Rendezvous(_clients.Count, () => LookAsync("all clients have gone", now => _watch.FaultAtEnd(start, now)));
    }

    public Workload Workload => _workload;

    /// <summary>The clients that <see cref="ClientAsync"/> takes, with what came of their calls.</summary>
    public IReadOnlyList<WorkloadClient> Clients => _clients;

    /// <summary>In a world: its clients are started, and the world waits for them.</summary>
    /// <param name="watch">Null for one with the standard invariants.</param>
    public static async Task<StandardWorkload> RunAsync(DrmWorld world, Workload workload, RunWatch? watch = null)
    {
        var run = await PrepareAsync(world.Host, workload, watch ??= new RunWatch(StandardInvariants.Make()), world.QuietAsync);
        watch.Say = world.Trace is { } trace ? trace.Say : null;
        watch.Messages = () => world.Deliveries;
        world.AtStandstill = watch.FaultAtStandstill;
        for (var i = 0; i < run._clients.Count; i++)
        {
            var index = i;
            world.Start($"{i}", () => run.ClientAsync(index));
        }

        return run;
    }

    /// <summary>For whoever starts the clients on threads of its own: each index once, all at the same time.</summary>
    /// <param name="quiet">Waits until nothing is under way, where that can be known.</param>
    public static async Task<StandardWorkload> PrepareAsync(DrmHost host, Workload workload, RunWatch watch, Func<Task>? quiet = null)
    {
        var points = new QuietPoints(host, watch, quiet);
        watch.Clock = host.Clock;
        return new StandardWorkload(host, workload, watch, points, await points.LookAsync(), quiet);
    }

    private Task LookAsync(string when, Func<QuietPoint, InvariantException?> faultAt)
    {
        _watch.Say?.Invoke($"{when}: is everything as it should be?");
        return _quiet.SettleAsync(faultAt);
    }

    /// <exception cref="InvariantException">A promise was broken, here or by another client.</exception>
    public async Task ClientAsync(int index)
    {
        try
        {
            var client = _clients[index];
            var calls = _workload.Clients[index];
            for (var i = 0; i < _pauses; i++)
            {
                await client.RunAsync(calls.Skip(i * CallsBetweenPauses).Take(CallsBetweenPauses));
                await _pause.ArriveAsync();
            }

            await client.RunAsync(calls.Skip(_pauses * CallsBetweenPauses));
            // Once more while all is still held.
            await _pause.ArriveAsync();
            await client.FinishAsync();
            await _end.ArriveAsync();
        }
        catch (Exception e)
        {
            _pause.Fail(e);
            _end.Fail(e);
            throw;
        }
    }
}
