using DrmActors.Actors.Fences;

namespace DrmActors.Actors.Tests.Fences;

public class ReservationTests
{
    private readonly FenceContexts _contexts = new();
    private readonly Reservation _reservation = new();

    [Fact]
    public void A_write_waits_for_writes_and_reads_and_a_read_for_writes()
    {
        var fences = Enum.GetValues<FenceUsage>().Select(u => (Usage: u, Fence: Fence())).ToArray();
        foreach (var (usage, fence) in fences)
            _reservation.Add(fence, usage);
        Assert.Equal(fences[..3].Select(f => f.Fence), _reservation.Pending(Reservation.NeededBy(isWrite: true)));
        Assert.Equal(fences[..2].Select(f => f.Fence), _reservation.Pending(Reservation.NeededBy(isWrite: false)));
        Assert.Equal(fences.Select(f => f.Fence), _reservation.Pending(FenceUsage.Bookkeep));
        fences[0].Fence.Signal(time: 1);
        fences[1].Fence.Signal(time: 1);
        Assert.True(_reservation.IsIdle(FenceUsage.Write));
        Assert.False(_reservation.IsIdle(FenceUsage.Read));
    }

    [Fact]
    public void A_later_fence_of_a_context_takes_the_place_of_one_that_kept_no_more_waiting()
    {
        var timeline = new FenceTimeline("drm", "t", _contexts.Next());
        Fence[] fences = [timeline.Next(), timeline.Next(), timeline.Next()];
        _reservation.Add(fences[0], FenceUsage.Read);
        _reservation.Add(fences[1], FenceUsage.Write);
        Assert.Equal([fences[1]], _reservation.Pending(FenceUsage.Bookkeep));
        _reservation.Add(fences[2], FenceUsage.Read);
        Assert.Equal([fences[1], fences[2]], _reservation.Pending(FenceUsage.Bookkeep));
    }

    [Fact]
    public void A_fence_counts_once_for_a_use_and_an_earlier_one_takes_nobodys_place()
    {
        var timeline = new FenceTimeline("drm", "t", _contexts.Next());
        Fence[] fences = [timeline.Next(), timeline.Next()];
        _reservation.Add(fences[1], FenceUsage.Read);
        _reservation.Add(fences[1], FenceUsage.Read);
        Assert.Equal([fences[1]], _reservation.Pending(FenceUsage.Bookkeep));
        _reservation.Add(fences[0], FenceUsage.Read);
        Assert.Equal([fences[1], fences[0]], _reservation.Pending(FenceUsage.Bookkeep));
        fences[0].Signal(time: 1);
        Assert.Equal([fences[1]], _reservation.Pending(FenceUsage.Bookkeep));
        var other = Fence();
        _reservation.Add(other, FenceUsage.Write);
        Assert.Equal([fences[1], other], _reservation.Pending(FenceUsage.Bookkeep));
    }

    [Fact]
    public void A_million_fences_that_are_signalled_leave_memory_where_it_was()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < 1_000_000; i++)
        {
            var fence = Fence();
            _reservation.Add(fence, FenceUsage.Write);
            fence.Signal(time: i);
        }

        // Fences that stayed would be 100 MB; what other tests hold meanwhile is not.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 32 << 20);
        Assert.True(_reservation.IsIdle(FenceUsage.Bookkeep));
    }

    private Fence Fence() => new FenceTimeline("drm", "t", _contexts.Next()).Next();
}
