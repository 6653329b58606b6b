using DrmActors.Actors.Fences;
using DrmActors.Messages;
using DrmActors.Simulation.Invariants;

namespace DrmActors.Simulation.Tests.Invariants;

/// <summary>What is on the screen before its fences is found, and what came after them is not.</summary>
public sealed class FlipFenceTests : IAsyncLifetime
{
    private const AtomicFlags Flip = AtomicFlags.NonBlock | AtomicFlags.PageFlipEvent;

    private FencedScene _scene = null!;

    public async Task InitializeAsync() => _scene = await FencedScene.MakeAsync(new FlipsWaitForTheirFences());

    public async Task DisposeAsync() => await _scene.DisposeAsync();

    [Fact]
    public void A_flip_before_its_writer_has_ended_should_be_found()
    {
        var writer = _scene.Use(FenceUsage.Write);
        _scene.Flip(userData: 7);
        Refused(() => _scene.Shown(7, time: 5000), shown: 5000, writer);
        // The vblank before.
        writer.Signal(time: 6000);
        Refused(() => _scene.Shown(7, time: 5000), shown: 5000, writer);
    }

    [Fact]
    public void A_flip_after_its_writer_should_pass()
    {
        var writer = _scene.Use(FenceUsage.Write);
        _scene.Flip(userData: 7);
        writer.Signal(time: 5000);
        _scene.Shown(7, time: 5000);
        _scene.Flip(userData: 8);
        _scene.Shown(8, time: 4000);
    }

    [Fact]
    public void Each_of_several_writers_should_count()
    {
        var (first, second) = (_scene.Use(FenceUsage.Write), _scene.Use(FenceUsage.Kernel));
        _scene.Flip(userData: 7);
        first.Signal(time: 1000);
        Refused(() => _scene.Shown(7, time: 5000), shown: 5000, second);
    }

    [Fact]
    public void Readers_and_what_comes_after_the_flip_should_keep_nobody()
    {
        _scene.Use(FenceUsage.Read);
        _scene.Use(FenceUsage.Bookkeep);
        _scene.Flip(userData: 7);
        _scene.Use(FenceUsage.Write);
        _scene.Shown(7, time: 5000);
    }

    [Fact]
    public void A_flip_that_was_refused_should_wait_for_nothing()
    {
        _scene.Use(FenceUsage.Write);
        _scene.Run.Fail(0, FencedScene.File, new ModePageFlip(_scene.Crtc, _scene.Framebuffer, PageFlipFlags.Event, 7), Errno.EBUSY);
        _scene.Shown(7, time: 5000);
    }

    [Fact]
    public void A_commit_before_all_of_its_in_fence_should_be_found()
    {
        var (one, other) = (_scene.NewFence("one"), _scene.NewFence("other"));
        Accept(_scene.Commit(Flip, _scene.Open(one, other), userData: 7));
        one.Signal(time: 1000);
        Refused(() => _scene.Shown(7, time: 5000), shown: 5000, other);
        other.Signal(time: 5000);
        _scene.Shown(7, time: 5000);
    }

    [Fact]
    public void A_commit_without_an_in_fence_should_wait_for_the_writers()
    {
        var writer = _scene.Use(FenceUsage.Write);
        Accept(_scene.Commit(Flip, userData: 7));
        Refused(() => _scene.Shown(7, time: 5000), shown: 5000, writer);
    }

    [Fact]
    public void An_in_fence_should_stand_in_place_of_the_writers()
    {
        var asked = _scene.NewFence("asked");
        _scene.Use(FenceUsage.Write);
        Accept(_scene.Commit(Flip, _scene.Open(asked), userData: 7));
        asked.Signal(time: 1000);
        _scene.Shown(7, time: 5000);
    }

    [Fact]
    public void A_blocking_commit_that_returns_before_its_fence_should_be_found()
    {
        var writer = _scene.Use(FenceUsage.Write);
        var commit = Begin(_scene.Commit(AtomicFlags.None));
        _scene.After(nanoseconds: 5000);
        Refused(() => _scene.Run.End(commit, Errno.None, AtomicDone.Ok.Value), _scene.Now, writer);

        commit = Begin(_scene.Commit(AtomicFlags.None));
        writer.Signal(_scene.Now);
        _scene.Run.End(commit, Errno.None, AtomicDone.Ok.Value);
    }

    [Fact]
    public void An_out_fence_that_comes_before_the_in_fence_should_be_found()
    {
        var (asked, shown) = (_scene.NewFence("asked"), _scene.NewFence("shown"));
        Accept(_scene.Commit(AtomicFlags.NonBlock, _scene.Open(asked)), _scene.Told(shown));
        LookAgain();
        shown.Signal(time: 5000);
        Refused(LookAgain, shown: 5000, asked);
    }

    [Theory]
    [InlineData(5000, Errno.None)]
    // What has failed is not on the screen.
    [InlineData(4000, Errno.ENODEV)]
    public void An_out_fence_that_comes_afterwards_or_fails_should_pass(long shownAt, Errno error)
    {
        var (asked, shown) = (_scene.NewFence("asked"), _scene.NewFence("shown"));
        Accept(_scene.Commit(AtomicFlags.NonBlock, _scene.Open(asked)), _scene.Told(shown));
        asked.Signal(time: 5000);
        shown.Signal(shownAt, error);
        LookAgain();
    }

    [Fact]
    public void A_test_of_a_commit_should_wait_for_nothing()
    {
        _scene.Use(FenceUsage.Write);
        Accept(_scene.Commit(AtomicFlags.TestOnly));
        Accept(_scene.Commit(AtomicFlags.TestOnly, _scene.Open(_scene.NewFence("asked"))));
    }

    [Fact]
    public void A_number_that_was_closed_meanwhile_should_prove_nothing()
    {
        var asked = _scene.Open(_scene.NewFence("asked"));
        var commit = Begin(_scene.Commit(Flip, asked, userData: 7));
        _scene.Close(asked);
        _scene.Run.End(commit, Errno.None, AtomicDone.Ok.Value);
        _scene.Shown(7, time: 5000);
    }

    [Fact]
    public async Task Who_waits_for_ten_seconds_or_is_pulled_out_should_wait_no_longer()
    {
        _scene.Use(FenceUsage.Write);
        _scene.Flip(userData: 7);
        _scene.Shown(7, _scene.Now + 10_000_000_000);
        Assert.Throws<InvariantException>(() => _scene.Shown(7, _scene.Now + 9_999_999_999));
        await _scene.UnplugAsync();
        _scene.Shown(7, time: 5000);
    }

    private static void Refused(Action what, long shown, Fence before)
    {
        var broken = Assert.Throws<InvariantException>(what);
        Assert.Equal(nameof(FlipsWaitForTheirFences), broken.Invariant);
        Assert.Contains($"it was done at {shown} ns, before fence 1 of test {before.Timeline}, context {before.Context}", broken.Message, StringComparison.Ordinal);
    }

    private ObservedCall Begin(ModeAtomic commit) => _scene.Run.Begin(0, FencedScene.File, commit);

    private void Accept(ModeAtomic commit, AtomicDone? answer = null) => _scene.Run.Call(0, FencedScene.File, commit, answer ?? AtomicDone.Ok.Value);

    private void LookAgain() => _scene.Run.Call(0, FencedScene.File, new GetVersion());
}
