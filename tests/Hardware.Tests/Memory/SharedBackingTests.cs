using System.Globalization;
using DrmActors.Hardware.Memory;

namespace DrmActors.Hardware.Tests.Memory;

[Collection(nameof(AloneInTheProcess))]
public sealed class SharedBackingTests : ArenaFixture
{
    [Fact]
    public void Shared_block_should_have_no_descriptor_to_hand_out()
    {
        var block = Allocate(Page, ArenaBacking.Shared);

        Assert.Throws<InvalidOperationException>(() => Arena.DescriptorOf(block));

        Arena.Free(block);
    }

    [Fact]
    public void Freed_memory_should_not_be_readable_at_its_old_place_once_it_can_be_used_again()
    {
        var block = Allocate(4 * Page, ArenaBacking.Shared);
        var stale = Arena.Span(block);
        stale.Fill(0x77);

        Arena.Free(block);
        Arena.Trim();

        Assert.Equal(-1, stale.IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void Freed_memory_should_be_used_again_without_a_trim_when_nothing_else_is_left()
    {
        var blocks = Enumerable.Range(0, CapacityPages).Select(_ => Allocate(Page, ArenaBacking.Shared)).ToArray();
        foreach (var block in blocks)
            Arena.Span(block).Fill(0x33);
        foreach (var block in blocks.Where((_, i) => i % 2 == 1))
            Arena.Free(block);

        var again = blocks.Where((_, i) => i % 2 == 1).Select(_ => Allocate(Page, ArenaBacking.Shared)).ToArray();

        Assert.All(again, block => Assert.Equal(-1, Arena.Span(block).IndexOfAnyExcept((byte)0)));
        foreach (var block in again.Concat(blocks.Where((_, i) => i % 2 == 0)))
            Arena.Free(block);
    }

    [Fact]
    public void Large_request_should_not_fail_for_the_holes_between_small_blocks()
    {
        var blocks = Enumerable.Range(0, CapacityPages).Select(_ => Allocate(Page, ArenaBacking.Shared)).ToArray();
        foreach (var block in blocks.Where((_, i) => i % 2 == 1))
            Arena.Free(block);

        var large = Allocate(CapacityPages / 2 * Page, ArenaBacking.Shared);

        Arena.Free(large);
        foreach (var block in blocks.Where((_, i) => i % 2 == 0))
            Arena.Free(block);
    }

    [Fact]
    public void Batch_should_be_punched_without_being_asked_for()
    {
        using var arena = new Arena(new ArenaOptions { Capacity = 256 << 20 });
        arena.TryAllocate(32 << 20, ArenaBacking.Shared, out var block);
        var stale = arena.Span(block);
        stale.Fill(0x77);

        arena.Free(block);

        Assert.Equal(-1, stale.IndexOfAnyExcept((byte)0));
    }

    [Fact]
    public void Freed_memory_should_go_back_to_the_system()
    {
        const int megabytes = 64;
        using var arena = new Arena(new ArenaOptions { Capacity = megabytes << 20 });
        var blocks = new ArenaBlock[megabytes];
        for (var i = 0; i < megabytes; i++)
        {
            arena.TryAllocate(1 << 20, ArenaBacking.Shared, out blocks[i]);
            arena.Span(blocks[i]).Fill(1);
        }
        var full = ResidentSharedMegabytes();

        foreach (var block in blocks)
            arena.Free(block);

        // All but a batch, without being asked for.
        Assert.InRange(full - ResidentSharedMegabytes(), megabytes - 20, long.MaxValue);
        arena.Trim();
        Assert.InRange(full - ResidentSharedMegabytes(), megabytes - 2, long.MaxValue);
    }

    private static long ResidentSharedMegabytes()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("RssShmem:", StringComparison.Ordinal));
        return long.Parse(line["RssShmem:".Length..^" kB".Length].Trim(), CultureInfo.InvariantCulture) / 1024;
    }
}
