using DrmActors.Hardware.Memory;
using DrmActors.Messages;

namespace DrmActors.Hardware.Tests.Memory;

/// <summary>An arena whose teardown fails the test when something is still out.</summary>
public abstract class ArenaFixture : IDisposable
{
    internal const int Page = Arena.PageSize;
    internal const int CapacityPages = 64;

    internal Arena Arena { get; } = new(new ArenaOptions { Capacity = CapacityPages * Page });

    public virtual void Dispose()
    {
        GC.SuppressFinalize(this);
        Assert.Equal(new LeakReport(0, 0, 0, 0), Arena.Close());
    }

    internal ArenaBlock Allocate(long size, ArenaBacking backing)
    {
        Assert.Equal(Errno.None, Arena.TryAllocate(size, backing, out var block));
        return block;
    }
}
