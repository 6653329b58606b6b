using DrmActors.Actors.Files;
using DrmActors.Actors.Protocol;
using DrmActors.Messages;

namespace DrmActors.Hosting;

/// <summary>What a card's handles hold, in bytes; an object with two handles counts twice.</summary>
/// <param name="Shared">Of objects with another handle, or a dma-buf.</param>
/// <param name="Active">Of those that are about to be used.</param>
/// <param name="Resident">That the system has memory for.</param>
/// <param name="Purgeable">Resident ones that may go, and that nobody is about to use.</param>
public sealed record DrmMemory(long Total, long Shared, long Active, long Resident, long Purgeable);

// Who uses how much, and what may go.
public sealed partial class DrmCard
{
    /// <summary>Says whether what is in a buffer is needed. What is not may go when the board's memory limit is reached, for good.</summary>
    /// <returns>False where it has gone: the buffer is good for nothing but to be closed.</returns>
    /// <exception cref="DrmException">ENOENT: an unknown handle. EOPNOTSUPP: a driver of real hardware.</exception>
    public async Task<bool> AdviseAsync(GemHandle handle, bool isNeeded, CancellationToken cancellationToken = default) =>
        (await Require(new AdviseObject(handle, isNeeded), cancellationToken)).IsRetained;

    /// <summary>What this card's handles hold now.</summary>
    public async Task<DrmMemory> MemoryAsync(CancellationToken cancellationToken = default)
    {
        var memory = await Require(new ReadMemory(), cancellationToken);
        return new DrmMemory(memory.Total, memory.Shared, memory.Active, memory.Resident, memory.Purgeable);
    }

    /// <summary>The driver's part of /proc/PID/fdinfo/N, line by line as drivers have it since Linux 6.5.</summary>
    public async Task<string> FdInfoAsync(CancellationToken cancellationToken = default) =>
        UsageText.Of(View, await Require(new ReadMemory(), cancellationToken));
}
