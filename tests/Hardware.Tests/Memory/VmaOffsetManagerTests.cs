using DrmActors.Hardware.Memory;
using FsCheck;
using FsCheck.Fluent;

namespace DrmActors.Hardware.Tests.Memory;

public sealed class VmaOffsetManagerTests
{
    private const int Page = Arena.PageSize;
    private const long First = 0x1_0000_0000;

    private readonly VmaOffsetManager _offsets = new();

    [Fact]
    public void Offsets_should_start_above_what_fits_in_32_bits_and_follow_each_other()
    {
        Assert.Equal(First, _offsets.Allocate(1, 1));
        Assert.Equal(First + Page, _offsets.Allocate(2, (2 * Page) + 1));
        Assert.Equal(First + (4 * Page), _offsets.Allocate(3, Page));
    }

    [Fact]
    public void Offset_should_be_found_at_its_start_alone()
    {
        var offset = _offsets.Allocate(42, 3 * Page);

        Assert.True(_offsets.TryFindExact(offset, out var id, out var length));
        Assert.Equal((42UL, 3L * Page), (id, length));
        Assert.False(_offsets.TryFindExact(offset + Page, out _, out _));
        Assert.False(_offsets.TryFindExact(0, out _, out _));

        _offsets.Free(offset);
        Assert.False(_offsets.TryFindExact(offset, out _, out _));
        Assert.Throws<ArgumentException>(() => _offsets.Free(offset));
    }

    [Fact]
    public void Offsets_should_fill_the_smallest_hole_that_is_large_enough()
    {
        var offsets = new[] { 5, 1, 3, 1, 4, 1 }.Select(pages => _offsets.Allocate(1, pages * Page)).ToArray();
        _offsets.Free(offsets[0]);
        _offsets.Free(offsets[2]);
        _offsets.Free(offsets[4]);

        Assert.Equal(offsets[4], _offsets.Allocate(1, 4 * Page));
        Assert.Equal(offsets[2], _offsets.Allocate(1, 2 * Page));
        Assert.Equal(offsets[0], _offsets.Allocate(1, 2 * Page));
        Assert.Equal(offsets[2] + (2 * Page), _offsets.Allocate(1, Page));
    }

    [Fact]
    public void Offsets_should_run_out_and_come_back()
    {
        const long quarter = 1L << 38;
        var offsets = Enumerable.Range(0, 4).Select(_ => _offsets.Allocate(1, quarter)).ToArray();
        Assert.DoesNotContain(0, offsets);
        Assert.Equal(0, _offsets.Allocate(1, 1));
        Assert.Equal(0, _offsets.Allocate(1, long.MaxValue));

        _offsets.Free(offsets[1]);
        Assert.Equal(0, _offsets.Allocate(1, quarter + 1));
        Assert.Equal(offsets[1], _offsets.Allocate(1, quarter));
    }

    [Fact]
    public void Offsets_should_never_overlap_and_be_whole_again_at_the_end() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200).WithEndSize(300), Prop.ForAll<ushort[]>(calls => Run(calls)));

    private static void Run(ushort[] calls)
    {
        var offsets = new VmaOffsetManager();
        var taken = new SortedList<long, long>();
        foreach (var call in calls)
        {
            if (call % 3 == 0 && taken.Count > 0)
            {
                var offset = taken.Keys[call / 3 % taken.Count];
                offsets.Free(offset);
                taken.Remove(offset);
            }
            else
            {
                var length = (1 + (call / 3 % 9)) * Page;
                taken.Add(offsets.Allocate(call, length), length);
            }
            Assert.Equal(taken.Count, offsets.Count);
            for (var i = 1; i < taken.Count; i++)
                Assert.True(taken.Keys[i - 1] + taken.Values[i - 1] <= taken.Keys[i]);
        }
        foreach (var offset in taken.Keys)
            offsets.Free(offset);
        Assert.Equal(First, offsets.Allocate(1, 1L << 40));
    }
}
