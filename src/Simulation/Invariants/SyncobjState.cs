namespace DrmActors.Simulation.Invariants;

/// <summary>What a syncobj may hold, as far as clients that signal at once can tell.</summary>
internal enum SyncobjContent
{
    /// <summary>No fence.</summary>
    None,

    /// <summary>One that has been signalled.</summary>
    Signaled,

    /// <summary>Points, all of which have come.</summary>
    Points,

    /// <summary>Whatever somebody has put in: everything is believed of it.</summary>
    Anything,
}

/// <param name="Last">The last of the points; else 0.</param>
internal readonly record struct SyncobjState(SyncobjContent Content, ulong Last = 0)
{
    public static readonly SyncobjState Anything = new(SyncobjContent.Anything);

    public SyncobjState Add(ulong point) => Content switch
    {
        SyncobjContent.Anything => this,
        SyncobjContent.Points => new(SyncobjContent.Points, Math.Max(Last, point)),
        _ => new(SyncobjContent.Points, point),
    };

    public bool MayHave(ulong point) => Content switch
    {
        SyncobjContent.None => false,
        SyncobjContent.Signaled => point == 0,
        SyncobjContent.Points => point <= Last,
        _ => true,
    };

    public bool MayLack(ulong point) => Content == SyncobjContent.Anything || !MayHave(point);

    public bool MayBeAt(ulong point) => Content == SyncobjContent.Anything || point == Last;
}
