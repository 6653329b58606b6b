using DrmActors.Simulation.Schedules;
using DrmActors.Simulation.Worlds;

namespace DrmActors.Simulation.Exploring;

/// <summary>How an exploration chooses what runs next.</summary>
public enum Strategy
{
    /// <summary>Any of what is ready, with the same chance.</summary>
    Random,

    /// <summary>By priorities that change at a few steps: probabilistic concurrency testing.</summary>
    Pct,

    /// <summary>One after the other, with a few delays.</summary>
    Delay,
}

internal static class Strategies
{
    public static ISchedule Schedule(this Strategy strategy, Seed seed, int depth, int length) => strategy switch
    {
        Strategy.Random => new RandomSchedule(seed),
        Strategy.Pct => new PctSchedule(seed, depth, length),
        Strategy.Delay => new DelaySchedule(seed, depth, length),
        _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "no such strategy"),
    };
}
