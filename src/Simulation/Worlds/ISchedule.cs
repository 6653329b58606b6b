namespace DrmActors.Simulation.Worlds;

/// <summary>Decides what runs next, where there is more than one way to go on.</summary>
internal interface ISchedule
{
    /// <summary>In place of an index: the time goes on to the next alarm.</summary>
    const int Time = -1;

    /// <param name="ready">At least one.</param>
    /// <param name="mayAdvance">Whether an alarm is set, so that the time can go on instead.</param>
    /// <returns>An index into <paramref name="ready"/>, or <see cref="Time"/>.</returns>
    int Choose(ReadyLanes ready, bool mayAdvance);
}

/// <summary>Always the first, and the time goes on only when nothing else can.</summary>
internal sealed class FirstComes : ISchedule
{
    public static readonly FirstComes Instance = new();

    public int Choose(ReadyLanes ready, bool mayAdvance) => 0;
}
