using DrmActors.Simulation.Exploring;
using DrmActors.Simulation.Worlds;

namespace DrmActors.Simulation.Schedules;

/// <summary>The choices of an earlier run, by the names of the lanes; null where the time went on.</summary>
internal sealed class ReplaySchedule(IReadOnlyList<string?> choices) : ISchedule
{
    private int _step;

    /// <exception cref="ReplayException">The run is another one than that of the choices.</exception>
    public int Choose(ReadyLanes ready, bool mayAdvance)
    {
        if (_step == choices.Count)
            throw new ReplayException($"The run goes on after its last choice ({choices.Count}).");
        var wanted = choices[_step++];
        if (wanted is null)
            return mayAdvance ? ISchedule.Time : throw Diverged(ready, "the time");
        return ready.Find(wanted) is >= 0 and var index ? index : throw Diverged(ready, wanted);
    }

    private ReplayException Diverged(ReadyLanes ready, string wanted) =>
        new($"Choice {_step} of {choices.Count} is {wanted}; ready are: {string.Join(", ", Enumerable.Range(0, ready.Count).Select(i => ready[i].Name))}");
}
