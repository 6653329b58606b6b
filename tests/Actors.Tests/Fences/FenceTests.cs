using DrmActors.Actors.Fences;
using DrmActors.Messages;

namespace DrmActors.Actors.Tests.Fences;

public class FenceTests
{
    private readonly Fence _fence = new("drm", "flips", context: 1, sequence: 1);

    [Fact]
    public void Waiters_hear_once_in_their_order()
    {
        var heard = new List<int>();
        for (var i = 0; i < 3; i++)
            _fence.Wait(new Waiter(() => heard.Add(heard.Count)));
        Assert.True(_fence.Signal(time: 5, Errno.EIO));
        Assert.False(_fence.Signal(time: 6));
        Assert.Equal([0, 1, 2], heard);
        Assert.Equal((5, Errno.EIO), (_fence.Time, _fence.Error));
    }

    [Fact]
    public void A_signalled_fence_is_not_waited_for()
    {
        _fence.Signal(time: 1);
        Assert.Null(_fence.Wait(new Waiter(() => Assert.Fail("called"))));
    }

    [Fact]
    public void Who_waits_no_longer_is_not_called()
    {
        var waiting = _fence.Wait(new Waiter(() => Assert.Fail("called")))!;
        _fence.Forget(waiting);
        _fence.Signal(time: 1);
        _fence.Forget(waiting);
    }

    private sealed class Waiter(Action heard) : IFenceWaiter
    {
        public void Signaled(Fence fence) => heard();
    }
}
