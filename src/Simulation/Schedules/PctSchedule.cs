using DrmActors.Simulation.Worlds;

namespace DrmActors.Simulation.Schedules;

/// <summary>
/// Probabilistic concurrency testing (Burckhardt and others, ASPLOS 2010): every lane has a priority, drawn when it is first seen, and the highest that is
/// ready runs; at depth - 1 steps, drawn beforehand, the highest falls below all others. A bug that needs so many orderings is found
/// with at least the chance 1 / (lanes * length ^ (depth - 1)). Here the clock is a lane like any other.
/// </summary>
internal sealed class PctSchedule : ISchedule
{
    private readonly Seed _seed;
    private readonly Dictionary<string, int> _priorities = new(StringComparer.Ordinal);
    private readonly HashSet<int> _changes = [];
    private int _step;
    private int _lowest;

    /// <param name="depth">How many orderings a bug may need, at least 1.</param>
    /// <param name="length">Choices that a run has, from a dry run.</param>
    public PctSchedule(Seed seed, int depth, int length)
    {
        _seed = seed;
        for (var i = 1; i < depth; i++)
            _changes.Add(seed.Below(Math.Max(length, 1)));
    }

    public int Choose(ReadyLanes ready, bool mayAdvance)
    {
        if (_changes.Contains(_step++))
            _priorities[NameOf(ready, Highest(ready, mayAdvance))] = --_lowest;
        return Highest(ready, mayAdvance);
    }

    private int Highest(ReadyLanes ready, bool mayAdvance)
    {
        var (best, priority) = (ISchedule.Time, mayAdvance ? PriorityOf(ClockLane) : int.MinValue);
        for (var i = 0; i < ready.Count; i++)
            if (PriorityOf(ready[i].Name) is var own && own > priority)
                (best, priority) = (i, own);
        return best;
    }

    private int PriorityOf(string lane)
    {
        if (!_priorities.TryGetValue(lane, out var priority))
            _priorities.Add(lane, priority = _seed.Below(int.MaxValue));
        return priority;
    }

    // No actor's path and no client's name.
    private const string ClockLane = "time";

    private static string NameOf(ReadyLanes ready, int index) => index == ISchedule.Time ? ClockLane : ready[index].Name;
}
