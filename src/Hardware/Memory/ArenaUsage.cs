namespace DrmActors.Hardware.Memory;

/// <summary>What an arena holds at one moment.</summary>
/// <param name="Objects">Blocks that were allocated and not freed.</param>
/// <param name="Pages">Pages of those blocks and of the parked ones.</param>
/// <param name="Mappings">Pins that were not given back, over all blocks.</param>
/// <param name="Descriptors">Open memfds of blocks with <see cref="ArenaBacking.Own"/>.</param>
/// <param name="Parked">Blocks that were freed while they were pinned, and still are.</param>
/// <param name="BytesFree">What can still be allocated; freed memory that waits to be punched counts, as an allocation would not fail for it.</param>
public readonly record struct ArenaUsage(int Objects, long Pages, long Mappings, int Descriptors, int Parked, long BytesFree);

/// <summary>What is still out when it should be nothing.</summary>
public sealed record LeakReport(int Objects, long Pages, long Mappings, int Descriptors)
{
    public bool IsClean => this is { Objects: 0, Pages: 0, Mappings: 0, Descriptors: 0 };

    /// <param name="open">Descriptors that are open besides those of the memory.</param>
    public static LeakReport Of(ArenaUsage usage, int open = 0) => new(usage.Objects, usage.Pages, usage.Mappings, usage.Descriptors + open);

    public override string ToString() => $"objects {Objects}, pages {Pages}, mappings {Mappings}, descriptors {Descriptors}";
}
