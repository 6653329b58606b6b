namespace DrmActors.Hardware.Memory;

/// <summary>Where a block's memory comes from.</summary>
public enum ArenaBacking
{
    /// <summary>A part of the arena's one memfd: no system call, but no other process may see it.</summary>
    Shared,

    /// <summary>A sealed memfd of its own, which may be handed to another process.</summary>
    Own,
}

/// <summary>A range of an arena; the default is the empty block.</summary>
/// <param name="Offset">In bytes from the arena's start, a page multiple.</param>
/// <param name="Length">In bytes, a page multiple.</param>
/// <param name="Stamp">Tells the block from an earlier one at the same place; never 0 in a block that was allocated.</param>
public readonly record struct ArenaBlock(long Offset, long Length, uint Stamp = 0)
{
    public bool IsEmpty => Length == 0;
}
