using DrmActors.Simulation.Worlds;

namespace DrmActors.Simulation.Schedules;

/// <summary>
/// Delay-bounded scheduling (after Emmi, Qadeer, Rakamaric, POPL 2011): a lane runs on until it has nothing to run, then the next one by name; at a few
/// steps, drawn beforehand, the one whose turn it is stands still until nobody else has anything to run, and the clock has gone on to the next alarm once.
/// To wait for one round would not do: what an actor has sent comes back to it by way of a client, over several rounds. Most races need one delay or two.
/// </summary>
internal sealed class DelaySchedule : ISchedule
{
    private readonly HashSet<int> _delays = [];
    private readonly HashSet<string> _still = new(StringComparer.Ordinal);
    private string _current = "";
    private bool _timeHasGone;
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
        var index = Next(ready);
        if (_delays.Contains(_step++) && index != ReadyLanes.None)
        {
            _still.Add(ready[index].Name);
            _timeHasGone = false;
            index = Next(ready);
        }

        if (index == ReadyLanes.None && mayAdvance && !_timeHasGone)
        {
            _timeHasGone = true;
            return ISchedule.Time;
        }

        if (index == ReadyLanes.None)
        {
            _still.Clear();
            index = Next(ready);
        }

        _current = ready[index].Name;
        return index;
    }

    // The one that runs, as long as it has something to run; else the first behind it that does not stand still.
    private int Next(ReadyLanes ready)
    {
        var first = ready.Find(_current) is >= 0 and var running ? running : ready.After(_current);
        for (var i = 0; i < ready.Count; i++)
            if ((first + i) % ready.Count is var index && !_still.Contains(ready[index].Name))
                return index;
        return ReadyLanes.None;
    }
}
