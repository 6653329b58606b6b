namespace DrmActors.Simulation.Invariants;

/// <summary>What a call has done to one syncobj, or shown of it.</summary>
internal enum SyncobjEffect
{
    Reset,
    Signaled,
    Added,

    /// <summary>It may hold anything from here on.</summary>
    Replaced,

    /// <summary>A point had come.</summary>
    Had,

    /// <summary>A point had not.</summary>
    Lacked,

    /// <summary>A query has told how far it is.</summary>
    Told,
}

/// <summary>Something that was done to a syncobj at one moment between two.</summary>
/// <param name="MayHaveFailed">Nobody knows whether it was: the call was cut short.</param>
internal readonly record struct SyncobjUse(SyncobjEffect Effect, ulong Point, long Began, long Ended, bool MayHaveFailed = false)
{
    /// <returns>Null where that cannot be.</returns>
    public SyncobjState? After(SyncobjState state) => Effect switch
    {
        SyncobjEffect.Reset => new(SyncobjContent.None),
        SyncobjEffect.Signaled => new(SyncobjContent.Signaled),
        SyncobjEffect.Added => state.Add(Point),
        SyncobjEffect.Replaced => SyncobjState.Anything,
        SyncobjEffect.Had => state.MayHave(Point) ? state : null,
        SyncobjEffect.Lacked => state.MayLack(Point) ? state : null,
        _ => state.MayBeAt(Point) ? state : null,
    };

    public override string ToString() => $"{Effect}{(Effect >= SyncobjEffect.Added ? $" {Point}" : "")} at {Began} to {Ended}{(MayHaveFailed ? ", or not" : "")}";
}
