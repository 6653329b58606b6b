using DrmActors.Actors.Protocol;
using DrmActors.Messages;
using DrmActors.Simulation.Invariants;

namespace DrmActors.Simulation.Tests.Invariants;

/// <summary>Waits for sync files that end too early, or by their time although all has come, are found.</summary>
public sealed class FenceWaitTests : IAsyncLifetime
{
    private FencedScene _scene = null!;

    public async Task InitializeAsync() => _scene = await FencedScene.MakeAsync(new WaitsEndWithTheirFences());

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [Fact]
    public void A_wait_that_ends_before_all_of_its_fences_should_be_found()
    {
        var (one, other) = (_scene.NewFence("one"), _scene.NewFence("other"));
        var file = _scene.Open(one, other);
        Refused("2 of its fences have yet to come", () => Wait(file, Errno.None));
        one.Signal(time: 1000);
        Refused("1 of its fences have yet to come", () => Wait(file, Errno.None));
        other.Signal(time: 2000);
        Wait(file, Errno.None);
    }

    [Fact]
    public void A_wait_that_was_given_up_or_has_timed_out_before_its_fence_should_pass()
    {
        var fence = _scene.NewFence("late");
        var file = _scene.Open(fence);
        Wait(file, Errno.ETIME, until: 1000);
        Wait(file, Errno.EINTR);
        fence.Signal(time: 1000);
        Wait(file, Errno.ETIME, until: 1000);
    }

    [Fact]
    public async Task A_wait_whose_fence_came_in_time_should_not_time_out()
    {
        var (file, signal) = await _scene.OpenSwFenceAsync();
        Wait(file, Errno.ETIME);
        await signal();
        Refused("the last of its fences came at ", () => Wait(file, Errno.ETIME));
        Wait(file, Errno.None);
    }

    /// <summary>It tells of a vblank that has been, which may be some time after it was.</summary>
    [Fact]
    public void A_wait_for_a_display_controller_may_time_out_while_it_is_told()
    {
        var fence = _scene.NewFence("crtc");
        var file = _scene.Open(fence);
        fence.Signal(time: 1000);
        Wait(file, Errno.ETIME, until: 2000);
    }

    [Fact]
    public void A_number_that_was_closed_meanwhile_should_prove_nothing()
    {
        var file = _scene.Open(_scene.NewFence("never"));
        var wait = _scene.Run.Begin(0, FencedScene.File, new WaitForSync(file, 1, long.MaxValue));
        _scene.Close(file);
        _scene.Run.End(wait);
    }

    private static void Refused(string text, Action what)
    {
        var broken = Assert.Throws<InvariantException>(what);
        Assert.Equal(nameof(WaitsEndWithTheirFences), broken.Invariant);
        Assert.Contains(text, broken.Message, StringComparison.Ordinal);
    }

    private void Wait(Descriptor file, Errno errno, long until = long.MaxValue) =>
        _scene.Run.End(_scene.Run.Begin(0, FencedScene.File, new WaitForSync(file, 1, until)), errno);
}
