using DrmActors.Hardware.Memory;
using DrmActors.Messages;

namespace DrmActors.Hardware.Tests.Memory;

/// <summary>What both backings promise.</summary>
public abstract class ArenaSuite(ArenaBacking backing) : ArenaFixture
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(Page, 1)]
    [InlineData(Page + 1, 2)]
    [InlineData(17 * Page, 17)]
    public void Arena_should_round_a_size_up_to_whole_pages(long size, int pages)
    {
        var block = Allocate(size, backing);

        Assert.Equal(pages * Page, block.Length);
        Assert.Equal(0, block.Offset % Page);
        Assert.Equal(pages * Page, Arena.Span(block).Length);
        Arena.Free(block);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void Arena_should_refuse_a_size_that_is_not_positive(long size)
    {
        Assert.Equal(Errno.EINVAL, Arena.TryAllocate(size, backing, out var block));
        Assert.True(block.IsEmpty);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData((CapacityPages * Page) + 1)]
    public void Arena_should_refuse_more_than_it_has_and_serve_the_next_small_request(long size)
    {
        Assert.Equal(Errno.ENOMEM, Arena.TryAllocate(size, backing, out var block));
        Assert.True(block.IsEmpty);
        Arena.Free(Allocate(1, backing));
    }

    [Fact]
    public void Arena_should_give_out_its_capacity_to_the_last_page_again_and_again()
    {
        for (var round = 0; round < 3; round++)
        {
            var blocks = Enumerable.Range(0, CapacityPages).Select(_ => Allocate(Page, backing)).ToArray();
            Assert.Equal(Errno.ENOMEM, Arena.TryAllocate(1, backing, out _));
            Assert.Equal(0, Arena.Usage.BytesFree);
            foreach (var block in blocks)
                Arena.Free(block);
            Arena.Free(Allocate(CapacityPages * Page, backing));
        }
    }

    [Fact]
    public void Arena_should_tell_what_was_touched_and_forget_what_is_discarded()
    {
        var (before, block) = (Allocate(Page, backing), Allocate(50 * Page, backing));
        Arena.Span(before).Fill(3);
        Assert.Equal(0, Arena.ResidentBytes(block));
        foreach (var page in (int[])[0, 7, 49])
            Arena.Span(block)[page * Page] = 1;
        Assert.Equal(3 * Page, Arena.ResidentBytes(block));

        Arena.Discard(block);

        Assert.Equal(0, Arena.ResidentBytes(block));
        Assert.Equal(-1, Arena.Span(block).IndexOfAnyExcept((byte)0));
        Assert.Equal(-1, Arena.Span(before).IndexOfAnyExcept((byte)3));
        Arena.Free(block);
        Assert.Throws<ArgumentException>(() => Arena.ResidentBytes(block));
        Assert.Throws<ArgumentException>(() => Arena.Discard(block));
        Arena.Free(before);
    }

    [Fact]
    public void Arena_should_hand_out_zeros_where_somebody_wrote_before()
    {
        var offsets = new HashSet<long>();
        for (var round = 0; round < 200; round++)
        {
            var block = Allocate(8 * Page, backing);
            using (var mapping = new GemMapping(Arena, block))
            {
                Assert.Equal(-1, mapping.Span.IndexOfAnyExcept((byte)0));
                mapping.Span.Fill(0xa5);
            }
            offsets.Add(block.Offset);
            Arena.Free(block);
        }
        Assert.True(offsets.Count < 200, "no address was used twice, so nothing was shown");
    }

    [Fact]
    public void Arena_should_count_what_is_out()
    {
        var first = Allocate(2 * Page, backing);
        var second = Allocate(3 * Page, backing);
        Arena.Pin(first);
        Arena.Pin(first);
        var descriptors = backing == ArenaBacking.Own ? 2 : 0;
        Assert.Equal(new(2, 5, 2, descriptors, 0, (CapacityPages - 5) * Page), Arena.Usage);

        Arena.Free(first);
        Arena.Free(second);
        Assert.Equal(new(0, 2, 2, descriptors / 2, 1, (CapacityPages - 2) * Page), Arena.Usage);

        Arena.Unpin(first);
        Assert.Equal(1, Arena.Usage.Parked);
        Arena.Unpin(first);
        Assert.Equal(new(0, 0, 0, 0, 0, CapacityPages * Page), Arena.Usage);
    }

    [Fact]
    public void Arena_should_keep_a_freed_block_while_it_is_pinned()
    {
        var block = Allocate(4 * Page, backing);
        using (var mapping = new GemMapping(Arena, block))
        {
            mapping.Span.Fill(0x5a);
            Arena.Free(block);
            Arena.Trim();

            var others = Enumerable.Range(0, CapacityPages - 4).Select(_ => Allocate(Page, backing)).ToArray();
            Assert.Equal(Errno.ENOMEM, Arena.TryAllocate(1, backing, out _));
            foreach (var other in others)
                Arena.Span(other).Fill(0xff);

            Assert.Equal(-1, mapping.Span.IndexOfAnyExcept((byte)0x5a));
            foreach (var other in others)
                Arena.Free(other);
        }
        Assert.Equal(0, Arena.Usage.Pages);
    }

    [Fact]
    public void Arena_should_refuse_a_block_that_was_freed()
    {
        var block = Allocate(Page, backing);
        Arena.Pin(block);
        Arena.Free(block);
        Assert.Throws<ArgumentException>(() => Arena.Free(block));
        Assert.Throws<ArgumentException>(() => Arena.Pin(block));
        Arena.Unpin(block);

        Assert.Throws<ArgumentException>(() => Arena.Unpin(block));
        Assert.Throws<ArgumentException>(() => Arena.Span(block).Length);
        Assert.Throws<ArgumentException>(() => Arena.DescriptorOf(block));
    }

    [Fact]
    public void Arena_should_tell_a_block_from_an_earlier_one_at_the_same_place()
    {
        var old = Allocate(CapacityPages * Page, backing);
        Arena.Free(old);
        ArenaBlock block;
        do
        {
            Arena.Trim();
            block = Allocate(CapacityPages * Page, backing);
            if (block.Offset != old.Offset)
                Arena.Free(block);
        }
        while (block.Offset != old.Offset);

        Assert.Throws<ArgumentException>(() => Arena.Free(old));
        Assert.Throws<ArgumentException>(() => new GemMapping(Arena, old));
        Arena.Free(block);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-Page, Page)]
    [InlineData(Page, Page)]
    [InlineData(1, Page)]
    [InlineData(0, Page)]
    [InlineData(long.MaxValue, Page)]
    public void Arena_should_refuse_a_block_that_it_never_gave_out(long offset, long length)
    {
        var block = Allocate(3 * Page, backing);

        Assert.Throws<ArgumentException>(() => Arena.Free(block with { Offset = offset, Length = length }));
        Assert.Throws<ArgumentException>(() => Arena.Free(default));

        Arena.Free(block);
    }

    [Fact]
    public void Arena_should_refuse_an_unpin_that_no_pin_preceded()
    {
        var block = Allocate(Page, backing);

        Assert.Throws<ArgumentException>(() => Arena.Unpin(block));

        Arena.Free(block);
    }
}

public sealed class SharedArenaTests() : ArenaSuite(ArenaBacking.Shared);

public sealed class OwnArenaTests() : ArenaSuite(ArenaBacking.Own);
