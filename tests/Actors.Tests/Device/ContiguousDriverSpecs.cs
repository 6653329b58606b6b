using Akka.TestKit.Xunit2;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Memory;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Device;

/// <summary>A driver whose objects are private: backed by a contiguous heap that fragments, and mapped all at once.</summary>
[Collection(Alone.Name)]
public sealed class ContiguousDriverSpecs : TestKit
{
    private static readonly ModeCreateDumb OnePage = new(32, 32, 32);
    private static readonly ModeCreateDumb TwoPages = new(64, 32, 32);

    [Fact]
    public async Task A_heap_with_enough_room_in_too_small_holes_should_be_ENOMEM()
    {
        await using var rig = await DeviceRig.StartAsync(Sys, driver: b => new ContiguousDriver(b, pages: 4));
        var heap = ((ContiguousDriver)rig.Driver).Heap;
        var file = await rig.OpenAsync();
        var handles = new List<GemHandle>();
        for (var i = 0; i < 4; i++)
            handles.Add((await file.DoAsync(OnePage)).Handle);
        await file.RefusedAsync(Errno.ENOMEM, OnePage);
        await file.DoAsync(new GemClose(handles[0]));
        await file.DoAsync(new GemClose(handles[2]));

        Assert.Equal(2 * Arena.PageSize, heap.BytesFree);
        await file.RefusedAsync(Errno.ENOMEM, TwoPages);
        await file.DoAsync(new GemClose(handles[1]));
        await file.DoAsync(TwoPages);

        await file.CloseAsync();
        Assert.Equal(0, heap.Allocations);
    }

    [Fact]
    public async Task A_mapping_of_a_driver_that_populates_should_be_resident_at_once()
    {
        await using var rig = await DeviceRig.StartAsync(Sys, driver: b => new ContiguousDriver(b, pages: 1024));
        var file = await rig.OpenAsync();
        var dumb = await file.DoAsync(new ModeCreateDumb(512, 512, 32));
        var offset = (await file.DoAsync(new ModeMapDumb(dumb.Handle))).Offset;
        var before = Resident();

        var mapping = await file.DoAsync(new Mmap(offset, dumb.Size));

        // Of a megabyte, most: other threads' pages come and go.
        Assert.True(Resident() - before >= (long)dumb.Size * 3 / 4);
        await file.DoAsync(new Munmap(mapping.MappingId));
        await file.CloseAsync();
    }

    // Shared pages that this process has in memory: the memfd's among them.
    private static long Resident()
    {
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("RssShmem:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
    }

    private sealed class ContiguousDriver(BoardDescription board, int pages) : CountingDriver(board)
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<ArenaBlock, long> _addresses = [];

        public ContiguousHeap Heap { get; } = new(0x4000_0000, (long)pages * Arena.PageSize);

        public override bool PopulatesMappings => true;

        public override Errno GemAllocate(Arena arena, long size, ArenaBacking backing, out ArenaBlock block)
        {
            block = default;
            lock (_lock)
            {
                var errno = Heap.TryAllocate(size, out var address);
                if (errno == Errno.None && (errno = arena.TryAllocate(size, ArenaBacking.Shared, out block)) != Errno.None)
                    Heap.Free(address);
                if (errno == Errno.None)
                    _addresses.Add(block, address);
                return errno;
            }
        }

        public override void GemRelease(Arena arena, ArenaBlock block)
        {
            lock (_lock)
            {
                _addresses.Remove(block, out var address);
                Heap.Free(address);
                arena.Free(block);
            }
        }
    }
}

/// <summary>Tests that look at the whole process run while no other does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
