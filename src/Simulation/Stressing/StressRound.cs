using DrmActors.Hosting;
using DrmActors.Simulation.Invariants;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Workloads;
using DrmActors.Simulation.Workloads.Calls;

namespace DrmActors.Simulation.Stressing;

/// <summary>All clients call as fast as they are answered, none waits for another; then they stop and are looked at, go, and are looked at again.</summary>
internal sealed class StressRound(DrmHost host, WorkloadMix mix, FaultMix? faults, StressMeter meter, FaultCounts counts)
{
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(1);
    private readonly int _mixTotal = mix.Total;
    private volatile bool _isBroken;

    /// <param name="isOver">Asked after every call.</param>
    /// <exception cref="InvariantException">A promise was broken.</exception>
    public async Task RunAsync(Seed seed, int clients, Func<bool> isOver)
    {
        var watch = new RunWatch([meter, .. StandardInvariants.ForThreads()]) { Faults = counts, Clock = host.Clock };
        // Of two crashes at once, one may have reached what came up after the other, when nobody looked any more.
        if (!await BoardFaults.PlugInAsync(host, () => Task.Delay(BetweenTries, host.Clock)))
            throw new InvariantException(new BoardsComeBack(), client: -1, step: 0, "not all boards do between two rounds");
        var points = new QuietPoints(host, watch, quiet: null);
        var start = await points.LookAsync();
        var boards = RunBoard.All(host, counts, quiet: null);
        var all = Enumerable.Range(0, clients).Select(i => (Client: new WorkloadClient(i, host, boards, watch), Seed: seed.Fork())).ToList();
        foreach (var fault in faults?.Always ?? [])
            await fault.RunAsync(all[0].Client);
        await EachAsync(all, async c => await CallAsync(c.Client, c.Seed, isOver));
        host.ClearIoctlFaults();
        await points.SettleAsync(watch.FaultAt);
        await EachAsync(all, async c => await c.Client.FinishAsync());
        await points.SettleAsync(now => watch.FaultAtEnd(start, now));
    }

    private async Task CallAsync(WorkloadClient client, Seed seed, Func<bool> isOver)
    {
        await client.RunAsync([OpenCall.Draw(seed)]);
        while (!isOver() && !_isBroken)
            await client.RunAsync([faults?.Draw(seed) ?? mix.At(seed.Below(_mixTotal)).Draw(seed)]);
    }

    private Task EachAsync<T>(IReadOnlyCollection<T> all, Func<T, Task> run) => Parallel.ForEachAsync(
        all,
        new ParallelOptions { MaxDegreeOfParallelism = all.Count },
        async (one, _) =>
        {
            try
            {
                await run(one);
            }
            catch
            {
                // Nobody need go on.
                _isBroken = true;
                throw;
            }
        });
}
