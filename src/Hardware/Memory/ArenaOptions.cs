namespace DrmActors.Hardware.Memory;

public sealed record ArenaOptions
{
    /// <summary>The most bytes that blocks of both backings hold together; rounded up to a page. Memory is taken from the system when it is touched.</summary>
    public long Capacity { get; init; } = 1L << 30;
}
