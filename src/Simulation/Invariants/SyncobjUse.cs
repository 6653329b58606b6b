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
    /// <summary>
    /// Of a wait whose time was over: what had come by then it has seen. But it may have found a fence from its beginning on, and that it waits for,
    /// whatever takes the place of that in the syncobj.
    /// </summary>
    public long Over { get; init; }

    /// <param name="isOver">Whether it may come as late as <see cref="Over"/>.</param>
    /// <returns>Null where that cannot be.</returns>
    public SyncobjState? After(SyncobjState state, bool isOver) => Effect switch
    {
        SyncobjEffect.Reset => new(SyncobjContent.None),
        SyncobjEffect.Signaled => new(SyncobjContent.Signaled),
        SyncobjEffect.Added => state.Add(Point),
        SyncobjEffect.Replaced => SyncobjState.Anything,
        SyncobjEffect.Had => state.MayHave(Point) ? state : null,
        SyncobjEffect.Lacked => state.Content == SyncobjContent.Anything || (isOver && state.MayLack(Point)) ? state : null,
        _ => state.MayBeAt(Point) ? state : null,
    };

    public override string ToString() => $"{Effect}{(Effect >= SyncobjEffect.Added ? $" {Point}" : "")} at {Began} to {Ended}{(MayHaveFailed ? ", or not" : "")}";
}
