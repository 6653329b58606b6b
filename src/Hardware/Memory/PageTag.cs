namespace DrmActors.Hardware.Memory;

internal enum RunState : byte
{
    /// <summary>Zero, takes no memory, and can be taken.</summary>
    Free,

    /// <summary>Freed after somebody could write to it, and not yet punched.</summary>
    Dirty,

    /// <summary>Somebody works on it outside the lock: it is being punched, mapped or unmapped.</summary>
    Busy,

    Live,

    /// <summary>Freed while it was pinned.</summary>
    Parked,
}

/// <summary>
/// What is known of a run of pages, kept outside of it, because the run's own bytes are its owner's or not there.
/// The first and the last page of a run carry its length and state, so that both neighbours find it; the other fields
/// hold for the first page alone. All other tags are leftovers that nobody reads.
/// Only the first page of a run in use has a stamp that is not 0, so the stamp tells whether a block still stands.
/// <code>
/// state          Link            BackLink
/// Free, Dirty    next in list    previous in list
/// Busy           next in batch   -
/// Live, Parked   pins            memfd, or None
/// </code>
/// </summary>
internal struct PageTag
{
    internal const int None = -1;

    internal int Pages;
    internal RunState State;

    // Somebody was given the bytes of the run in use.
    internal bool Seen;
    internal uint Stamp;
    internal int Link;
    internal int BackLink;

    internal int Pins
    {
        readonly get => Link;
        set => Link = value;
    }

    internal int Descriptor
    {
        readonly get => BackLink;
        set => BackLink = value;
    }
}
