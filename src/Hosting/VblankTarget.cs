using DrmActors.Messages;

namespace DrmActors.Hosting;

/// <summary>Which vblank is meant: one of a count, or one so many from now.</summary>
public readonly record struct VblankTarget
{
    private VblankTarget(VblankFlags flags, uint sequence)
    {
        Flags = flags;
        Sequence = sequence;
    }

    /// <summary>The next one.</summary>
    public static VblankTarget Next => Relative(1);

    internal VblankFlags Flags { get; }

    internal uint Sequence { get; }

    /// <summary>The vblank of this count; one that has passed is answered at once.</summary>
    public static VblankTarget Absolute(uint sequence) => new(VblankFlags.Absolute, sequence);

    /// <summary>The vblank of this count, or the next one where that has passed.</summary>
    public static VblankTarget AbsoluteOrNext(uint sequence) => new(VblankFlags.NextOnMiss, sequence);

    /// <summary>So many vblanks from now; 0 is the last one, answered at once.</summary>
    public static VblankTarget Relative(uint vblanks) => new(VblankFlags.Relative, vblanks);
}
