using DrmActors.Actors.Fences;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Fences;

public class FenceArrayTests
{
    private readonly FenceContexts _contexts = new();
    private readonly Fence _first;
    private readonly Fence _second;
    private readonly FenceTimeline _timeline;

    public FenceArrayTests()
    {
        _first = new FenceTimeline("drm", "first", _contexts.Next()).Next();
        _timeline = new FenceTimeline("drm", "second", _contexts.Next());
        _second = _timeline.Next();
    }

    [Fact]
    public void It_is_signalled_when_all_are_with_the_last_time_and_the_first_error()
    {
        var heard = 0;
        var array = Merge(_first, _second);
        array.Wait(new Counter(() => heard++));
        _second.Signal(time: 7, Errno.EIO);
        Assert.False(array.IsSignaled);
        Assert.Equal(0, heard);
        _first.Signal(time: 5);
        Assert.True(array.IsSignaled);
        Assert.Equal((1, 7, Errno.EIO), (heard, array.Time, array.Error));
    }

    [Fact]
    public void Of_several_errors_it_has_the_first()
    {
        var array = Merge(_first, _second);
        _second.Signal(time: 7, Errno.EIO);
        _first.Signal(time: 8, Errno.ENOENT);
        Assert.Equal((true, Errno.ENOENT), (array.IsSignaled, array.Error));
    }

    [Fact]
    public void It_is_signalled_too_where_nobody_waits()
    {
        var array = Merge(_first, _second);
        _first.Signal(time: 5);
        _second.Signal(time: 4);
        Assert.False(_first.HasWaiters);
        Assert.True(array.IsSignaled);
        Assert.Equal(5, array.Time);
    }

    [Fact]
    public void Who_gives_up_leaves_nothing_at_the_parts()
    {
        var array = Merge(_first, _second);
        var one = array.Wait(new Counter(() => Assert.Fail("called")))!;
        var other = array.Wait(new Counter(() => Assert.Fail("called")))!;
        Assert.True(_first.HasWaiters);
        array.Forget(one);
        Assert.True(_first.HasWaiters);
        array.Forget(other);
        Assert.False(_first.HasWaiters || _second.HasWaiters);
        var heard = 0;
        array.Wait(new Counter(() => heard++));
        _first.Signal(time: 1);
        _second.Signal(time: 2);
        Assert.Equal(1, heard);
    }

    [Fact]
    public void Of_one_context_the_later_counts()
    {
        var later = _timeline.Next();
        Assert.Same(later, Merge(_second, later));
        Assert.Same(later, Merge(later, _second));
        Assert.Equal([_first, later], Merge(Merge(_second, _first), later).Parts);
    }

    [Fact]
    public void What_is_signalled_counts_no_more()
    {
        _first.Signal(time: 3);
        Assert.Same(_second, Merge(_first, _second));
        _second.Signal(time: 9);
        var none = Merge(_first, _second);
        Assert.Equal((true, 9, 0ul), (none.IsSignaled, none.Time, none.Context));
        Assert.True(Merge().IsSignaled);
    }

    [Fact]
    public void Threads_that_signal_wait_and_forget_wake_each_waiter_once()
    {
        for (var round = 0; round < 200; round++)
        {
            var parts = Enumerable.Range(0, 4).Select(i => new FenceTimeline("drm", "t", _contexts.Next()).Next()).ToArray();
            var array = Merge(parts);
            var heard = new int[8];
            Parallel.For(0, 12, i =>
            {
                if (i >= 8)
                {
                    parts[i - 8].Signal(time: 1);
                    return;
                }

                if (array.Wait(new Counter(() => Interlocked.Increment(ref heard[i]))) is not { } waiting)
                    Interlocked.Increment(ref heard[i]);
                else if (i >= 4)
                    array.Forget(waiting);
            });
            Assert.True(array.IsSignaled);
            Assert.All(heard[..4], h => Assert.Equal(1, h));
            Assert.All(heard[4..], h => Assert.InRange(h, 0, 1));
        }
    }

    private Fence Merge(params Fence[] fences) => FenceArray.Merge(fences, _contexts);

    private sealed class Counter(Action heard) : IFenceWaiter
    {
        public void Signaled(Fence fence) => heard();
    }
}
