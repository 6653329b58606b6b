using DrmActors.Simulation.Worlds;

namespace DrmActors.Simulation.Schedules;

/// <summary>
/// Delay-bounded scheduling (Emmi, Qadeer, Rakamaric, POPL 2011): a lane runs on until it has nothing to run, then the next one by name; at a few steps,
/// drawn beforehand, the one whose turn it is waits until its turn comes again. Most races need one delay or two.
/// </summary>
internal sealed class DelaySchedule : ISchedule
{
    private readonly HashSet<int> _delays = [];
    private string _current = "";
    private int _step;

    /// <param name="delays">How many a run has.</param>
    /// <param name="length">Choices that a run has, from a dry run.</param>
    public DelaySchedule(Seed seed, int delays, int length)
    {
        for (var i = 0; i < delays; i++)
            _delays.Add(seed.Below(Math.Max(length, 1)));
    }

    public int Choose(ReadyLanes ready, bool mayAdvance)
    {
        var index = ready.Find(_current);
        var isDelayed = _delays.Contains(_step++);
        if (index < 0 || isDelayed)
            index = ready.After(_current);
        // Round the corner stands the clock, whose turn ends a round where somebody is made to wait.
        if (index == ready.Count)
        {
            _current = "";
            if (mayAdvance && isDelayed)
                return ISchedule.Time;
            index = 0;
        }

        _current = ready[index].Name;
        return index;
    }
}
