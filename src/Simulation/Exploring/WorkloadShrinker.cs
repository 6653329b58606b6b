using System.Collections.Immutable;
using System.Globalization;
using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Workloads;
using DrmActors.Simulation.Worlds;

namespace DrmActors.Simulation.Exploring;

/// <summary>
/// Leaves out calls of a workload for as long as what is left breaks the same promise. What is left is run in the order of the run that failed last,
/// without what its removed calls did: so the calls that meet in a race still meet.
/// </summary>
internal sealed class WorkloadShrinker
{
    // A smaller workload is also tried with other orders. When few do not help any more, what is left is small, and worth more.
    private static readonly ImmutableArray<int> Tries = [2, 12, 60];

    private const int Few = 8;

    // Pairs are many.
    private const int MostInPairs = 24;

    private readonly ExploreOptions _options;
    private readonly int _clients;
    private bool _neverPauses;
    private IReadOnlyList<Item> _items;
    private TaggedRun _last;

    public WorkloadShrinker(ExploreOptions options, Workload whole, Violation violation)
    {
        (_options, _clients, _neverPauses) = (options, whole.Clients.Length, whole.NeverPauses);
        _items = [.. whole.Clients.SelectMany((calls, client) => calls.Select(call => new Item(client, call)))];
        // Once more, to know which call each choice was for.
        _last = Run(_items, whole, violation.Seed, ScheduleOf(violation.Seed));
    }

    /// <returns>What is left, with a run that breaks it.</returns>
    public (Workload Workload, Violation Violation) Shrink()
    {
        // Who pauses has to make as many calls as before.
        _neverPauses |= Fails(_items, WorkloadOf(_items) with { NeverPauses = true }, Tries[1]);
        var (items, last) = (_items, _last);
        ShrinkItems(fromEnd: false);
        if (_items.Count > Few)
        {
            // What is left depends on what was tried first.
            var (first, run) = (_items, _last);
            (_items, _last) = (items, last);
            ShrinkItems(fromEnd: true);
            if (_items.Count > first.Count)
                (_items, _last) = (first, run);
        }

        var small = WorkloadOf(_items);
        // Their numbers are in the names of what ran, so the clients that do nothing go last, and only where it works without them.
        var dense = small with { Clients = [.. small.Clients.Where(calls => calls.Length > 0)] };
        return Fails(_items, dense, Tries[^1]) ? (dense, _last.Violation) : (small, _last.Violation);
    }

    private void ShrinkItems(bool fromEnd)
    {
        foreach (var tries in Tries)
            _items = Shrinker.Shrink(_items, some => Fails(some, WorkloadOf(some), tries), fromEnd);
        if (_items.Count <= MostInPairs)
            _items = Shrinker.ShrinkByPairs(_items, some => Fails(some, WorkloadOf(some), Tries[1]));
    }

    private bool Fails(IReadOnlyList<Item> items, Workload workload, int tries)
    {
        var (seed, kept) = (_last.Violation.Seed, items.ToHashSet());
        var guide = _last.Choices.Where(c => c.Of is null || kept.Contains(c.Of)).Select(c => c.Lane).ToList();
        for (var i = -1; i < tries; i++)
        {
            var number = unchecked(seed + Math.Max(i, 0));
            var run = Run(items, workload, number, i < 0 ? new GuidedSchedule(guide, DrmExplorer.ChanceOf(seed).Schedule) : ScheduleOf(number));
            if (run.Violation.Outcome.End != _last.Violation.Outcome.End || run.Violation.Kind != _last.Violation.Kind)
                continue;
            _last = run;
            return true;
        }

        return false;
    }

    private TaggedRun Run(IReadOnlyList<Item> items, Workload workload, int seed, ISchedule schedule)
    {
        var byClient = items.GroupBy(item => item.Client).OrderBy(calls => calls.Key).Select(calls => calls.ToList()).ToList();
        if (workload.Clients.Length == _clients)
            byClient = [.. Enumerable.Range(0, _clients).Select(client => items.Where(item => item.Client == client).ToList())];
        StandardWorkload? run = null;
        var choices = new List<(string? Lane, Item? Of)>();
        var outcome = DrmExplorer.Run(
            _options, seed, schedule, lane => choices.Add((lane, ItemOf(lane))), async world => run = await StandardWorkload.RunAsync(world, workload));
        return new TaggedRun(new Violation(seed, outcome, [.. choices.Select(c => c.Lane)]), choices);

        Item? ItemOf(string? lane)
        {
            const string Client = "client/";
            if (run is null || lane is null || !lane.StartsWith(Client, StringComparison.Ordinal))
                return null;
            var client = int.Parse(lane.AsSpan(Client.Length), CultureInfo.InvariantCulture);
            var step = run.Clients[client].Errnos.Count;
            return step < byClient[client].Count ? byClient[client][step] : null;
        }
    }

    private Workload WorkloadOf(IReadOnlyList<Item> items) =>
        new([.. Enumerable.Range(0, _clients).Select(client => items.Where(i => i.Client == client).Select(i => i.Call).ToImmutableArray())], _neverPauses);

    private ISchedule ScheduleOf(int seed) => _options.Strategy.Schedule(DrmExplorer.ChanceOf(seed).Schedule, _options.Depth, _options.Length);

    /// <summary>A call of the whole workload: equal to itself alone.</summary>
    private sealed class Item(int client, WorkloadCall call)
    {
        public int Client { get; } = client;

        public WorkloadCall Call { get; } = call;
    }

    /// <param name="Choices">Each with the call that it was for, where it was a client's.</param>
    private sealed record TaggedRun(Violation Violation, IReadOnlyList<(string? Lane, Item? Of)> Choices);
}
