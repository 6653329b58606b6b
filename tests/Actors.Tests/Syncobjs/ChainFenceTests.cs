using DrmActors.Actors.Fences;
using DrmActors.Actors.Syncobjs;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Syncobjs;

/// <summary>Points of a timeline come in their order, whatever order their own fences are signalled in.</summary>
public sealed class ChainFenceTests
{
    private readonly FenceContexts _contexts = new();
    private readonly Syncobj _syncobj;

    public ChainFenceTests() => _syncobj = new Syncobj(_contexts, fence: null);

    [Fact]
    public void A_point_should_come_with_all_before_it()
    {
        var fences = AddPoints(1, 2, 3);
        Assert.Equal((0ul, 3ul), Query());

        fences[1].Signal(5);
        fences[2].Signal(6);
        Assert.False(_syncobj.Fence!.IsSignaled);
        Assert.Equal((0ul, 3ul), Query());
        fences[0].Signal(7);

        Assert.Equal((3ul, 3ul), Query());
        Assert.Equal(7, _syncobj.Fence!.Time);
    }

    [Fact]
    public void A_point_whose_own_fence_failed_should_have_come_all_the_same()
    {
        AddPoints(1)[0].Signal(5, Errno.EIO);

        Assert.Equal((true, Errno.None), (_syncobj.Fence!.IsSignaled, _syncobj.Fence.Error));
        Assert.Equal(Errno.EIO, _syncobj.Fence.Parts.Single().Error);
        Assert.Equal((1ul, 1ul), Query());
    }

    [Fact]
    public void A_query_should_tell_the_last_that_has_come()
    {
        var fences = AddPoints(10, 20, 30);
        fences[0].Signal(1);
        Assert.Equal((10ul, 30ul), Query());
        fences[2].Signal(1);
        Assert.Equal((10ul, 30ul), Query());
        fences[1].Signal(1);
        Assert.Equal((30ul, 30ul), Query());
    }

    [Fact]
    public void Waiters_should_hear_of_their_points_only()
    {
        var fences = AddPoints(1, 2, 3);
        var told = new List<ulong>();
        foreach (var point in (ulong[])[3, 1, 2])
            Assert.NotNull(ChainFence.Find(_syncobj.Fence!, point)!.Wait(new Told(told, point)));

        fences[2].Signal(1);
        fences[1].Signal(1);
        Assert.Empty(told);
        fences[0].Signal(1);

        Assert.Equal([1ul, 2ul, 3ul], told.Order());
        Assert.All(fences, f => Assert.False(f.HasWaiters));
    }

    [Fact]
    public void Whoever_gives_up_should_leave_nothing_at_the_fences()
    {
        var fences = AddPoints(1, 2);
        var head = _syncobj.Fence!;
        var waiting = head.Wait(new Told([], 2));
        Assert.Single(fences, f => f.HasWaiters);

        head.Forget(waiting!);

        Assert.All(fences, f => Assert.False(f.HasWaiters));
        fences[0].Signal(1);
        fences[1].Signal(1);
        Assert.True(head.IsSignaled);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(0)]
    public void A_point_that_is_not_above_the_last_should_get_its_number_and_come_after_it(ulong late)
    {
        var first = AddPoints(7)[0];
        var second = AddPoints(late)[0];
        Assert.Equal((0ul, 7ul), Query());
        second.Signal(1);
        Assert.Equal((0ul, 7ul), Query());
        Assert.NotNull(ChainFence.Find(_syncobj.Fence!, 3));
        first.Signal(1);
        Assert.Equal((7ul, 7ul), Query());
    }

    [Fact]
    public void A_run_of_points_should_end_where_they_did_not_ascend()
    {
        var early = AddPoints(4, 5);
        var late = AddPoints(5, 8);
        late[0].Signal(1);
        // Of the later run, whose first has come, only the last is counted; what is before it is of another.
        Assert.Equal((5ul, 8ul), Query());
        var found = ChainFence.Find(_syncobj.Fence!, 3)!;
        early[0].Signal(2);
        Assert.False(found.IsSignaled);
        early[1].Signal(3);
        Assert.True(found.IsSignaled);
        Assert.False(_syncobj.Fence!.IsSignaled);
    }

    [Fact]
    public void A_point_that_happens_when_it_is_asked_for_should_be_told_to_nobody()
    {
        _syncobj.Add(1, new Asked(_contexts.Next()));
        _syncobj.Add(2, new Asked(_contexts.Next()));
        Assert.False(_syncobj.Fence!.IsSignaled);
        var told = new List<ulong>();
        _syncobj.Fence.Wait(new Told(told, 2));
        Assert.True(_syncobj.Fence.IsSignaled);
        Assert.InRange(told.Count, 0, 1);
        Assert.Equal((2ul, 2ul), Query());
    }

    [Fact]
    public void Those_who_wait_for_a_point_should_be_called_in_their_order_and_the_lower_points_first()
    {
        var told = new List<ulong>();
        foreach (var (point, who) in ((ulong, ulong)[])[(5, 50), (3, 30), (5, 51), (3, 31), (9, 90)])
            Assert.NotNull(_syncobj.Wait(point, new Called(told, who), out _));
        AddPoints(5);
        Assert.Equal([30, 31, 50, 51], told);
        Assert.Equal(1, _syncobj.Waiting);
        Assert.Null(_syncobj.Wait(4, new Called(told, 40), out var held));
        Assert.Same(_syncobj.Fence, held);
        _syncobj.Replace(null);
        Assert.Equal(1, _syncobj.Waiting);
        AddPoints(9);
        Assert.Equal([30, 31, 50, 51, 90], told);
    }

    [Fact]
    public void What_was_there_before_the_first_point_should_come_before_it()
    {
        var binary = NewFence();
        _syncobj.Replace(binary);
        Assert.False(ChainFence.IsAvailable(_syncobj.Fence, 1));
        AddPoints(4)[0].Signal(1);
        Assert.False(_syncobj.Fence!.IsSignaled);
        Assert.Equal((0ul, 4ul), Query());
        binary.Signal(2);
        Assert.Equal((4ul, 4ul), Query());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(10, true)]
    [InlineData(11, true)]
    [InlineData(20, true)]
    [InlineData(21, false)]
    [InlineData(ulong.MaxValue, false)]
    public void A_point_should_have_a_fence_where_one_of_its_number_or_above_has(ulong point, bool expected)
    {
        AddPoints(10, 20);
        Assert.Equal(expected, ChainFence.IsAvailable(_syncobj.Fence, point));
    }

    [Fact]
    public void A_point_between_two_should_come_with_the_upper_one()
    {
        var fences = AddPoints(10, 20);
        var between = ChainFence.Find(_syncobj.Fence!, 15)!;
        fences[0].Signal(1);
        Assert.False(between.IsSignaled);
        Assert.Null(ChainFence.Find(_syncobj.Fence!, 10));
        fences[1].Signal(1);
        Assert.True(between.IsSignaled);
    }

    [Fact]
    public void Points_that_have_come_should_be_forgotten()
    {
        var weak = AddAndSignal();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.False(weak.IsAlive);
        Assert.Equal((3ul, 4ul), Query());

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        WeakReference AddAndSignal()
        {
            var fences = AddPoints(1, 2, 3, 4);
            var oldest = new WeakReference(fences[0]);
            foreach (var fence in fences[..3])
                fence.Signal(1);
            return Query() == (3ul, 4ul) ? oldest : throw new InvalidOperationException();
        }
    }

    [Fact]
    public void Points_whose_fences_are_signalled_should_not_pile_up_behind_one_that_is_not()
    {
        AddPoints(1);
        for (ulong i = 2; i < 50_000; i++)
            _syncobj.Add(i, StubFence.At(1));
        // Nobody stands between them: a walk is short.
        Assert.Equal(1ul, ((ChainFence)((ChainFence)_syncobj.Fence!).Before()!).Sequence);
        Assert.Single(_syncobj.Fence!.Parts, p => !p.IsSignaled);
    }

    [Fact]
    public async Task Signals_from_many_threads_should_lose_no_waiter()
    {
        for (var round = 0; round < 200; round++)
        {
            var syncobj = new Syncobj(_contexts, null);
            var fences = Enumerable.Range(1, 16).Select(_ => NewFence()).ToArray();
            var told = new List<ulong>();
            for (var i = 0; i < fences.Length; i++)
                syncobj.Add((ulong)i + 1, fences[i]);
            var waits = Task.Run(() =>
            {
                for (var point = 1ul; point <= 16; point++)
                    if (ChainFence.Find(syncobj.Fence!, point)?.Wait(new Told(told, point)) is null)
                        new Told(told, point).Signaled(null!);
            });
            await Task.WhenAll([waits, .. fences.Chunk(4).Select(chunk => Task.Run(() => Array.ForEach(chunk, f => f.Signal(1))))]);
            Assert.Equal(16, told.Distinct().Count());
            Assert.True(syncobj.Fence!.IsSignaled);
        }
    }

    private Fence NewFence() => new("driver", "timeline", _contexts.Next(), 1);

    private Fence[] AddPoints(params ulong[] points)
    {
        var fences = points.Select(_ => NewFence()).ToArray();
        for (var i = 0; i < points.Length; i++)
            _syncobj.Add(points[i], fences[i]);
        return fences;
    }

    private (ulong Come, ulong Submitted) Query() => (ChainFence.PointOf(_syncobj.Fence, false), ChainFence.PointOf(_syncobj.Fence, true));

    // Happens when somebody begins to wait for it, and not before.
    private sealed class Asked(ulong context) : Fence("driver", "asked", context, sequence: 1)
    {
        protected override void Enable() => Signal(1);
    }

    private sealed class Called(List<ulong> told, ulong who) : ISubmitWaiter
    {
        public void Submitted(Fence held) => told.Add(who);
    }

    private sealed class Told(List<ulong> told, ulong point) : IFenceWaiter
    {
        public void Signaled(Fence fence)
        {
            lock (told)
                told.Add(point);
        }
    }
}
