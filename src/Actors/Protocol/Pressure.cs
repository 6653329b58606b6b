using DrmActors.Messages;

namespace DrmActors.Actors.Protocol;

// Memory pressure, and who uses how much.

/// <summary>
/// Whether a client needs what is in an object: drivers have ioctls of their own for it, and this is the one of those that are no hardware's. ENOENT for
/// an unknown handle, EOPNOTSUPP for another driver. To the file, which passes it on to the object.
/// </summary>
internal sealed record AdviseObject(GemHandle Handle, bool IsNeeded) : IIoctl<ObjectAdvised>;

/// <param name="IsRetained">Nothing has been lost so far. What is lost once stays so: the object is good for nothing but to be closed.</param>
internal sealed record ObjectAdvised(bool IsRetained);

/// <summary>From the object to the GEM core: whether it may be asked to give its memory up.</summary>
internal sealed record ObjectPurgeable(ulong ObjectId, bool IsPurgeable);

/// <summary>
/// From the GEM core to an object: gives its memory up, unless its contents count, or somebody shows it, maps it, has exported it or is about to use it.
/// Answered with <see cref="ObjectEvicted"/>.
/// </summary>
internal sealed record EvictObject
{
    public static readonly EvictObject Instance = new();
}

internal sealed record ObjectEvicted(ulong ObjectId, bool IsPurged);

/// <summary>What a file's handles hold, each counted. To the file.</summary>
internal sealed record ReadMemory : IIoctl<FileMemory>;

/// <summary>Bytes of a file's handles.</summary>
/// <param name="Shared">Of objects with another handle, or a dma-buf.</param>
/// <param name="Active">Of those that are about to be used.</param>
/// <param name="Resident">That the system has memory for.</param>
/// <param name="Purgeable">Resident ones that may go, and that nobody is about to use.</param>
internal sealed record FileMemory(long Total, long Shared, long Active, long Resident, long Purgeable);
