using DrmActors.Simulation.Worlds;

namespace DrmActors.Simulation.Schedules;

/// <summary>
/// The choices of an earlier run as far as they can be made: for a workload that is a part of that run's. What cannot run now is passed over, and where
/// nothing of what comes next can, any lane will do.
/// </summary>
internal sealed class GuidedSchedule(IReadOnlyList<string?> choices, Seed seed) : ISchedule
{
    // Of what comes next: far enough to pass over a client that is not there any more.
    private const int Ahead = 256;

    private int _next;

    public int Choose(ReadyLanes ready, bool mayAdvance)
    {
        for (var i = _next; i < Math.Min(choices.Count, _next + Ahead); i++)
        {
            var index = choices[i] is { } lane ? ready.Find(lane) : mayAdvance ? ISchedule.Time : ReadyLanes.None;
            if (index == ReadyLanes.None)
                continue;
            _next = i + 1;
            return index;
        }

        return seed.Below(ready.Count);
    }
}
