using DrmActors.Actors.Fences;
using DrmActors.Messages;
using static DrmActors.Messages.AtomicFlags;

namespace DrmActors.Hosting.Tests;

/// <summary>What is written to a buffer is waited for by whoever shows it, without having been asked to.</summary>
public sealed class ImplicitSyncTests : HostTest
{
    private FencedScreen _screen = null!;

    [Theory]
    [InlineData(nameof(FenceUsage.Kernel), true)]
    [InlineData(nameof(FenceUsage.Write), true)]
    [InlineData(nameof(FenceUsage.Read), false)]
    [InlineData(nameof(FenceUsage.Bookkeep), false)]
    public async Task A_flip_should_wait_for_writers_and_not_for_readers(string usage, bool waits)
    {
        var fence = await UseAsync(Enum.Parse<FenceUsage>(usage));
        await _screen.Card.PageFlipAsync(_screen.Screen.Crtc, _screen.Other);
        Assert.Equal(waits, !await IsShownAsync());
        Assert.Equal(waits, fence.HasWaiters);
        fence.Signal(Host.Clock.Now);
        Assert.True(await IsShownAsync());
    }

    [Theory]
    [InlineData(NonBlock)]
    [InlineData(None)]
    public async Task An_atomic_commit_should_wait_for_writers(AtomicFlags flags)
    {
        var fence = await UseAsync(FenceUsage.Write);
        var commit = _screen.CommitAsync(_screen.Flip(flags, outFence: FencedScreen.Pointer));
        if (flags == NonBlock)
            Assert.False((await Soon(commit)).IsSignaled);
        await Soon(_screen.Card.WaitVblankAsync(VblankTarget.Relative(3)));
        Assert.Equal(flags == NonBlock, commit.IsCompleted);
        fence.Signal(Host.Clock.Now);
        var shown = await Soon(commit);
        await Soon(_screen.Card.WaitVblankAsync(VblankTarget.Relative(3)));
        Assert.True(shown.IsSignaled);
    }

    [Fact]
    public async Task Whoever_brings_a_fence_should_wait_for_that_and_for_the_memory_alone()
    {
        var written = await UseAsync(FenceUsage.Write);
        var moved = await UseAsync(FenceUsage.Kernel);
        var (fence, file) = _screen.Fence();
        var shown = await _screen.CommitAsync(_screen.Flip(NonBlock, file.Number, FencedScreen.Pointer));
        fence.Signal(Host.Clock.Now);
        await Soon(_screen.Card.WaitVblankAsync(VblankTarget.Relative(3)));
        Assert.False(shown.IsSignaled);
        moved.Signal(Host.Clock.Now);
        await Soon(_screen.Card.WaitVblankAsync(VblankTarget.Relative(3)));
        Assert.True(shown.IsSignaled);
        Assert.False(written.IsSignaled || written.HasWaiters);
    }

    [Fact]
    public async Task Setting_a_crtc_should_wait_for_writers_and_end_with_its_file()
    {
        var fence = await UseAsync(FenceUsage.Write);
        var set = _screen.Card.CallAsync(new ModeSetCrtc(_screen.Screen.Crtc, _screen.Other, 0, 0, [_screen.Screen.Connector.Id], _screen.Screen.Mode));
        await Soon(_screen.Card.WaitVblankAsync(VblankTarget.Relative(3)));
        Assert.False(set.IsCompleted);
        await Soon(_screen.Card.DisposeAsync().AsTask());
        Assert.Equal(Errno.EBADF, (await Soon(set)).Errno);
        Assert.False(fence.HasWaiters);
    }

    [Fact]
    public async Task Scanning_out_should_keep_no_writer_waiting()
    {
        await LightAsync();
        await _screen.Card.PageFlipAsync(_screen.Screen.Crtc, _screen.Other);
        Assert.True((await _screen.ReservationAsync()).IsIdle(FenceUsage.Bookkeep));
    }

    public override async Task DisposeAsync()
    {
        _screen.CloseAll();
        await base.DisposeAsync();
    }

    private async Task LightAsync() => _screen ??= await FencedScreen.LightAsync(Host, await OpenAsync());

    // Somebody uses what is not shown yet.
    private async Task<Fence> UseAsync(FenceUsage usage)
    {
        await LightAsync();
        var (fence, _) = _screen.Fence(usage.ToString());
        (await _screen.ReservationAsync()).Add(fence, usage);
        return fence;
    }

    // Once it is, another flip is taken.
    private async Task<bool> IsShownAsync()
    {
        await Soon(_screen.Card.WaitVblankAsync(VblankTarget.Relative(3)));
        return (await _screen.Card.CallAsync(new ModePageFlip(_screen.Screen.Crtc, _screen.Screen.Framebuffer, PageFlipFlags.None))).Errno == Errno.None;
    }
}
