using DrmActors.Hardware.Memory;
using DrmActors.Messages;

namespace DrmActors.Hardware.Tests.Memory;

public sealed class ContiguousHeapTests
{
    private const int Page = Arena.PageSize;
    private const long Start = 0x1000_0000;

    private readonly ContiguousHeap _heap = new(Start, 8 * Page);

    [Fact]
    public void Heap_should_take_the_first_hole_that_is_large_enough()
    {
        var pieces = Enumerable.Range(0, 8).Select(_ => Allocate(Page)).ToArray();
        Assert.Equal(Enumerable.Range(0, 8).Select(i => Start + (i * Page)), pieces);
        _heap.Free(pieces[1]);
        _heap.Free(pieces[4]);
        _heap.Free(pieces[5]);
        _heap.Free(pieces[7]);

        Assert.Equal(pieces[4], Allocate(2 * Page));
        Assert.Equal(pieces[1], Allocate(1));
        Assert.Equal(pieces[7], Allocate(1));
        Assert.Equal(Errno.ENOMEM, _heap.TryAllocate(1, out _));
    }

    [Fact]
    public void Heap_should_refuse_what_no_single_hole_can_hold()
    {
        var pieces = Enumerable.Range(0, 8).Select(_ => Allocate(Page)).ToArray();
        for (var i = 0; i < 8; i += 2)
            _heap.Free(pieces[i]);

        Assert.Equal(4 * Page, _heap.BytesFree);
        Assert.Equal(Page, _heap.LargestHole);
        Assert.Equal(Errno.ENOMEM, _heap.TryAllocate(Page + 1, out _));
        Assert.Equal(pieces[0], Allocate(Page));
    }

    [Theory]
    [InlineData(0, Errno.EINVAL)]
    [InlineData(-1, Errno.EINVAL)]
    [InlineData((8 * Page) + 1, Errno.ENOMEM)]
    [InlineData(long.MaxValue, Errno.ENOMEM)]
    public void Heap_should_refuse_a_bad_size(long size, Errno error) => Assert.Equal(error, _heap.TryAllocate(size, out _));

    [Fact]
    public void Heap_should_merge_holes_in_whatever_order_they_are_made()
    {
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var pieces = new List<long>();
            while (_heap.TryAllocate(random.Next(1, 3) * Page, out var piece) == Errno.None)
                pieces.Add(piece);
            foreach (var piece in pieces.OrderBy(_ => random.Next()))
                _heap.Free(piece);
            Assert.Equal((8 * Page, 8 * Page, 0), (_heap.BytesFree, _heap.LargestHole, _heap.Allocations));
        }
    }

    [Fact]
    public void Heap_should_refuse_to_free_twice()
    {
        var piece = Allocate(Page);
        _heap.Free(piece);

        Assert.Throws<ArgumentException>(() => _heap.Free(piece));
        Assert.Throws<ArgumentException>(() => new ContiguousHeap(1, Page));
    }

    private long Allocate(long size)
    {
        Assert.Equal(Errno.None, _heap.TryAllocate(size, out var address));
        return address;
    }
}

public sealed class SgTableTests
{
    private const int Page = Arena.PageSize;

    [Fact]
    public void Table_of_a_block_should_be_one_segment()
    {
        var table = SgTable.Of(new ArenaBlock(5 * Page, 3 * Page));

        Assert.Equal<SgSegment>([new(5 * Page, 3 * Page)], table.Segments);
        Assert.Equal([5 * Page, 6 * Page, 7 * Page], table.Pages());
    }

    [Fact]
    public void Table_of_pages_should_join_those_that_follow_each_other()
    {
        var table = SgTable.OfPages([Page, 2 * Page, 9 * Page, 8 * Page, 0, Page]);

        Assert.Equal<SgSegment>([new(Page, 2 * Page), new(9 * Page, Page), new(8 * Page, Page), new(0, 2 * Page)], table.Segments);
        Assert.Equal(6 * Page, table.Length);
        Assert.Equal([Page, 2 * Page, 9 * Page, 8 * Page, 0, Page], table.Pages());
    }
}

public sealed class IommuTests
{
    private const int Page = Arena.PageSize;

    private readonly List<IommuFault> _faults = [];
    private readonly IommuDomain _domain;

    public IommuTests()
    {
        _domain = new(_faults.Add);
    }

    [Fact]
    public void Domain_should_show_scattered_pages_in_one_piece()
    {
        long[] pages = [7 * Page, 3 * Page, 4 * Page];
        Assert.Equal(Errno.None, _domain.TryMap(SgTable.OfPages(pages), out var iova));

        for (var i = 0; i < pages.Length; i++)
        {
            Assert.True(_domain.TryTranslate(iova + (i * Page) + 12, write: false, out var physical));
            Assert.Equal(pages[i] + 12, physical);
        }
        Assert.Equal(3, _domain.MappedPages);
        Assert.Empty(_faults);
    }

    [Fact]
    public void Domain_should_fault_where_nothing_is_mapped()
    {
        _domain.TryMap(SgTable.OfPages([Page]), out var iova);
        _domain.Unmap(iova);

        foreach (var address in new[] { iova, 0, -1, 1L << 32, long.MaxValue })
            Assert.False(_domain.TryTranslate(address, write: true, out _));

        Assert.Equal(5, _faults.Count);
        Assert.Equal(new IommuFault(iova, Write: true), _faults[0]);
        Assert.Throws<ArgumentException>(() => _domain.Unmap(iova));
    }

    [Fact]
    public void Domain_should_refuse_what_its_address_space_cannot_hold()
    {
        Assert.Equal(Errno.ENOMEM, _domain.TryMap(SgTable.Of(new ArenaBlock(0, 1L << 32)), out _));
        Assert.Equal(Errno.EINVAL, _domain.TryMap(SgTable.OfPages([]), out _));
        Assert.Equal(0, _domain.MappedPages);
    }

    [Fact]
    public void Domain_should_leave_nothing_behind_when_it_is_closed()
    {
        _domain.Attach();
        _domain.TryMap(SgTable.OfPages([Page, 5 * Page]), out var iova);

        Assert.Equal(2, _domain.Close());

        Assert.Equal((0, 0), (_domain.MappedPages, _domain.Attached));
        Assert.False(_domain.TryTranslate(iova, write: false, out _));
        Assert.Equal(Errno.ENODEV, _domain.TryMap(SgTable.OfPages([Page]), out _));
        _domain.Unmap(iova);
        Assert.Equal(0, _domain.Close());
    }

    [Fact]
    public void Domain_should_count_its_devices()
    {
        _domain.Attach();
        _domain.Attach();
        _domain.Detach();
        Assert.Equal(1, _domain.Attached);
        _domain.Detach();
        Assert.Throws<InvalidOperationException>(_domain.Detach);
    }

    [Fact]
    public void Page_table_should_refuse_to_map_or_unmap_a_page_twice()
    {
        var table = new IommuPageTable();
        Assert.Equal(Errno.None, table.Map(0xffff_f000, 0));
        Assert.Equal(Errno.EEXIST, table.Map(0xffff_f000, Page));
        Assert.True(table.TryTranslate(0xffff_ffff, out var physical));
        Assert.Equal(0xfff, physical);

        Assert.Equal(Errno.None, table.Unmap(0xffff_f000));
        Assert.Equal(Errno.ENOENT, table.Unmap(0xffff_f000));
        Assert.Equal(0, table.MappedPages);
    }
}
