using DrmActors.Simulation.Worlds;

namespace DrmActors.Simulation.Schedules;

/// <summary>Any lane that is ready, each with the same chance. The time goes on while lanes are ready once in so many choices.</summary>
internal sealed class RandomSchedule(Seed seed) : ISchedule
{
    private const int TimeIsOneIn = 32;

    public int Choose(ReadyLanes ready, bool mayAdvance) =>
        mayAdvance && seed.OneIn(TimeIsOneIn) ? ISchedule.Time : seed.Below(ready.Count);
}
