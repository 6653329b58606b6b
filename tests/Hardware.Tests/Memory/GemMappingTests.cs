using System.Runtime.CompilerServices;
using DrmActors.Hardware.Memory;

namespace DrmActors.Hardware.Tests.Memory;

public sealed class GemMappingTests : ArenaFixture
{
    private int _released;

    [Fact]
    public void Mapping_should_show_the_block_without_a_copy()
    {
        var block = Allocate(3 * Page, ArenaBacking.Shared);
        using (var mapping = new GemMapping(Arena, block))
        {
            Assert.Equal(3 * Page, mapping.Length);
            mapping.Memory.Span[Page] = 9;
            Assert.True(Arena.Span(block) == mapping.Span);
            Assert.Equal(9, Arena.Span(block)[Page]);
        }
        Arena.Free(block);
    }

    [Fact]
    public void Mapping_should_throw_after_it_was_disposed_of()
    {
        var block = Allocate(Page, ArenaBacking.Shared);
        var mapping = new GemMapping(Arena, block, () => _released++);
        var memory = mapping.Memory;

        mapping.Dispose();
        mapping.Dispose();

        Assert.Equal(1, _released);
        Assert.Throws<ObjectDisposedException>(() => mapping.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => memory.Span.Length);
        Assert.Throws<ObjectDisposedException>(() => memory.Pin());
        Arena.Free(block);
    }

    [Fact]
    public void Mapping_should_keep_its_pin_while_a_memory_handle_is_out()
    {
        var block = Allocate(Page, ArenaBacking.Shared);
        var mapping = new GemMapping(Arena, block, () => _released++);
        var handle = mapping.Memory.Pin();
        mapping.Dispose();
        Arena.Free(block);
        Assert.Equal(1, Arena.Usage.Parked);
        Assert.Equal(0, _released);

        handle.Dispose();

        Assert.Equal(0, Arena.Usage.Parked);
        Assert.Equal(1, _released);
    }

    [Fact]
    public unsafe void Memory_handle_should_point_at_the_element_it_was_asked_for()
    {
        var block = Allocate(Page, ArenaBacking.Shared);
        using (var mapping = new GemMapping(Arena, block))
        {
            mapping.Span[77] = 5;
            using var handle = mapping.Memory[77..].Pin();
            Assert.Equal(5, *(byte*)handle.Pointer);
        }
        Arena.Free(block);
    }

    [Fact]
    public void Mapping_that_is_lost_should_give_its_pin_back_once()
    {
        var block = Allocate(Page, ArenaBacking.Shared);
        Lose(block);
        Arena.Free(block);

        Collect();

        Assert.Equal(0, Arena.Usage.Mappings);
        Assert.Equal(0, Arena.Usage.Parked);
        Assert.Equal(1, _released);
    }

    [Fact]
    public void Mapping_whose_memory_is_held_should_not_be_lost()
    {
        var block = Allocate(Page, ArenaBacking.Shared);
        HoldMemoryOnly(block);

        Collect();

        Assert.Equal(0, Arena.Usage.Mappings);
        Arena.Free(block);
    }

    [Fact]
    public void Mapping_of_a_freed_block_should_be_refused_and_its_finalizer_do_nothing()
    {
        var block = Allocate(Page, ArenaBacking.Shared);
        Arena.Free(block);

        Assert.Throws<ArgumentException>(() => new GemMapping(Arena, block, () => _released++));
        Collect();

        Assert.Equal(0, _released);
    }

    [Fact]
    public void Mapping_should_outlive_the_arena()
    {
        var arena = new Arena(new ArenaOptions { Capacity = Page });
        arena.TryAllocate(Page, ArenaBacking.Own, out var block);
        using var mapping = new GemMapping(arena, block, () => _released++);
        mapping.Span[1] = 4;

        Assert.Equal("objects 1, pages 1, mappings 1, descriptors 1", arena.Close().ToString());

        Assert.Equal(4, mapping.Span[1]);
        Assert.Throws<ObjectDisposedException>(() => arena.Span(block).Length);
        Assert.Throws<ObjectDisposedException>(() => arena.TryAllocate(1, ArenaBacking.Shared, out _));
        arena.Free(block);
        mapping.Dispose();
        Assert.Equal(1, _released);
        arena.Dispose();
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Lose(ArenaBlock block) => _ = new GemMapping(Arena, block, () => _released++);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void HoldMemoryOnly(ArenaBlock block)
    {
        var memory = MemoryOfLost(block);
        Collect();
        Assert.Equal(1, Arena.Usage.Mappings);
        memory.Span[0] = 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Memory<byte> MemoryOfLost(ArenaBlock block) => new GemMapping(Arena, block).Memory;
}
