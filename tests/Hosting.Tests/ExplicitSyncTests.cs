using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Fences;
using DrmActors.Kms;
using DrmActors.Messages;
using static DrmActors.Messages.AtomicFlags;

namespace DrmActors.Hosting.Tests;

/// <summary>IN_FENCE_FD and OUT_FENCE_PTR: what a commit waits for, and what can be waited for of it.</summary>
public sealed class ExplicitSyncTests : HostTest
{
    private FencedScreen _screen = null!;

    [Fact]
    public async Task A_flip_should_be_shown_when_its_fence_has_come_and_not_before()
    {
        await LightAsync();
        var (fence, file) = _screen.Fence();
        var shown = await _screen.CommitAsync(_screen.Flip(NonBlock | PageFlipEvent, file.Number, FencedScreen.Pointer));
        // A whole frame goes by.
        await Soon(_screen.Card.WaitVblankAsync(VblankTarget.Relative(3)));
        Assert.False(shown.IsSignaled);
        Assert.Equal(Errno.EBUSY, (await _screen.Card.CallAsync(_screen.Flip(NonBlock))).Errno);
        Assert.Equal(Errno.None, (await _screen.Card.CallAsync(_screen.Flip(NonBlock | TestOnly))).Errno);

        fence.Signal(Host.Clock.Now);

        var flipped = Assert.IsType<FlipCompleteEvent>(await Soon(_screen.Card.NextEventAsync()));
        await SignaledAsync(shown);
        Assert.Equal((flipped.Time, Errno.None), (shown.Time, shown.Error));
        Assert.Equal(("rockchip", $"CRTC:{_screen.Screen.Crtc.Value}-crtc-0"), (shown.Driver, shown.Timeline));
    }

    [Fact]
    public async Task Only_a_framebuffer_that_a_waiting_flip_shows_should_wait_for_it_to_be_removed()
    {
        await LightAsync();
        var (fence, file) = _screen.Fence();
        await _screen.CommitAsync(_screen.Flip(NonBlock, file.Number, FencedScreen.Pointer));
        await Soon(_screen.Card.RmFbAsync(await _screen.Card.AddFbAsync(_screen.OtherBuffer)));

        var onTheScreen = _screen.Card.RmFbAsync(_screen.Screen.Framebuffer);
        await Soon(_screen.Card.WaitVblankAsync(VblankTarget.Relative(3)));
        Assert.False(onTheScreen.IsCompleted);
        fence.Signal(Host.Clock.Now);
        await Soon(onTheScreen);
    }

    [Fact]
    public async Task A_blocking_commit_should_wait_and_those_behind_it_as_well()
    {
        await LightAsync();
        var (fence, file) = _screen.Fence();
        var first = _screen.CommitAsync(_screen.Flip(None, file.Number, FencedScreen.Pointer));
        await Soon(_screen.Card.WaitVblankAsync(VblankTarget.Relative(3)));
        Assert.False(first.IsCompleted);
        Assert.Equal(_screen.Screen.Framebuffer, _screen.Shown);

        var second = _screen.CommitAsync(_screen.Flip(NonBlock, outFence: FencedScreen.Pointer, framebuffer: _screen.Screen.Framebuffer));
        fence.Signal(Host.Clock.Now, Errno.EIO);

        // What the fence failed with is nothing to those who waited for it.
        Assert.True((await Soon(first)).IsSignaled);
        Assert.True((await Soon(second)).Sequence > (await first).Sequence);
    }

    [Fact]
    public async Task Fences_of_a_crtc_should_come_in_their_order_with_the_times_of_its_vblanks()
    {
        await LightAsync();
        var fences = new List<Fence>();
        for (var i = 0; i < 10; i++)
            fences.Add(await Soon(_screen.CommitAsync(_screen.Flip(None, outFence: FencedScreen.Pointer))));
        Assert.All(fences, f => Assert.True(f.IsSignaled));
        Assert.Single(fences.Select(f => f.Context).Distinct());
        Assert.Equal(fences, fences.OrderBy(f => f.Sequence).ThenBy(f => f.Time));
        Assert.Equal(10, fences.Select(f => f.Time).Distinct().Count());
    }

    [Theory]
    [InlineData("closed", Errno.EINVAL)]
    [InlineData("foreign", Errno.EINVAL)]
    [InlineData("too-negative", Errno.EINVAL)]
    [InlineData("too-large", Errno.EINVAL)]
    [InlineData("twice", Errno.EINVAL)]
    [InlineData("then-none", Errno.EINVAL)]
    [InlineData("none-then", Errno.None)]
    [InlineData("test", Errno.None)]
    [InlineData("test-closed", Errno.EINVAL)]
    [InlineData("property", Errno.EINVAL)]
    public async Task An_in_fence_should_be_a_sync_file_once(string what, Errno expected)
    {
        await LightAsync();
        var (fence, file) = _screen.Fence();
        var flip = _screen.Flip(NonBlock);
        var open = Host.Descriptors.Count;
        var reply = await _screen.Card.CallAsync(what switch
        {
            "closed" => _screen.Flip(NonBlock, 77, FencedScreen.Pointer),
            "foreign" => _screen.Flip(NonBlock, _screen.Open(new ForeignFile()).Number),
            "too-negative" => _screen.Flip(NonBlock, -2),
            "too-large" => _screen.Flip(NonBlock, 1L << 32),
            "twice" => WithInFences(flip, file.Number, file.Number),
            "then-none" => WithInFences(flip, file.Number, -1),
            "none-then" => WithInFences(flip, -1, file.Number),
            "test" => _screen.Flip(TestOnly, file.Number, FencedScreen.Pointer),
            "test-closed" => _screen.Flip(TestOnly, 77, FencedScreen.Pointer),
            _ => _screen.Flip(NonBlock, inFence: 0, outFence: FencedScreen.Pointer, framebuffer: new(424_242)),
        });
        Assert.Equal(expected, reply.Errno);
        Assert.Empty(reply.Value?.Made ?? []);
        Assert.Equal(what == "foreign" ? open + 1 : open, Host.Descriptors.Count);
        fence.Signal(Host.Clock.Now);
    }

    [Theory]
    [InlineData(0)] // none wanted
    [InlineData(FencedScreen.Pointer)]
    public async Task A_commit_that_fails_should_leave_no_descriptor(ulong pointer)
    {
        await LightAsync();
        var open = Host.Descriptors.Count;
        await Host.FailCommitsAsync(0, Errno.ENOMEM);
        var reply = await _screen.Card.CallAsync(_screen.Flip(NonBlock, outFence: pointer));
        Assert.Equal((Errno.ENOMEM, pointer != 0), (reply.Errno, reply.Value?.Fences.SequenceEqual([pointer]) ?? false));
        Assert.Equal(open, Host.Descriptors.Count);
        Assert.Equal(Errno.EFAULT, (await _screen.Card.CallAsync(_screen.Flip(NonBlock, outFence: 0x1000) with { Unreachable = [0x1000] })).Errno);
        Assert.Equal(open, Host.Descriptors.Count);
    }

    [Fact]
    public async Task A_fence_that_is_closed_while_it_is_waited_for_should_still_be_waited_for()
    {
        await LightAsync();
        var (fence, file) = _screen.Fence();
        var (earlier, other) = _screen.Fence("earlier");
        await _screen.Card.CallAsync(_screen.Flip(NonBlock, other.Number));
        // It waits for its turn first, and looks at its descriptors before that.
        var second = _screen.Card.CallAsync(_screen.Flip(None, file.Number));
        await _screen.Card.VersionAsync();
        await _screen.Card.CallAsync(_screen.Flip(NonBlock));
        _screen.CloseAll();
        earlier.Signal(Host.Clock.Now);
        await Soon(_screen.Card.WaitVblankAsync(VblankTarget.Relative(3)));
        Assert.False(second.IsCompleted);
        fence.Signal(Host.Clock.Now);
        Assert.Equal(Errno.None, (await Soon(second)).Errno);
    }

    [Fact]
    public async Task A_cursor_should_not_bring_on_what_waits_for_a_fence()
    {
        await LightAsync();
        var cursor = await _screen.Card.CreateDumbAsync(64, 64);
        await MoveCursorAsync(CursorFlags.Bo | CursorFlags.Move, cursor.Handle, 0);
        Paint(await _screen.Card.MapAsync(_screen.OtherBuffer.Handle, _screen.OtherBuffer.Size), 0x11);
        var (fence, file) = _screen.Fence();
        var shown = await _screen.CommitAsync(_screen.Flip(NonBlock, file.Number, FencedScreen.Pointer));
        await MoveCursorAsync(CursorFlags.Move, default, 40);
        using (var frame = await Host.CaptureAsync(0, _screen.Screen.Crtc))
            Assert.Equal(0u, frame.PixelAt(300, 300) & 0xffffff);
        fence.Signal(Host.Clock.Now);
        await SignaledAsync(shown);
        using (var frame = await Host.CaptureAsync(0, _screen.Screen.Crtc))
            Assert.Equal(0x111111u, frame.PixelAt(300, 300) & 0xffffff);
    }

    [Fact]
    public async Task A_fence_that_never_comes_should_hold_nobody_for_ever()
    {
        await LightAsync();
        var (fence, file) = _screen.Fence();
        var shown = await _screen.CommitAsync(_screen.Flip(NonBlock, file.Number, FencedScreen.Pointer));
        var start = Host.Clock.Now;
        // It closes when its framebuffers are off the screen, and they have to be on it first.
        await Soon(_screen.Card.DisposeAsync().AsTask());
        Assert.InRange(Host.Clock.Now - start, 10_000_000_000, 11_000_000_000);
        Assert.True(shown.IsSignaled);
        Assert.False(fence.HasWaiters);
    }

    [Fact]
    public async Task An_answer_that_nobody_waits_for_any_more_should_leave_no_descriptor()
    {
        await LightAsync();
        var (fence, file) = _screen.Fence();
        var open = Host.Descriptors.Count;
        using var cancel = new CancellationTokenSource();
        var commit = _screen.Card.CallAsync(_screen.Flip(None, file.Number, FencedScreen.Pointer), cancel.Token);
        await _screen.Card.VersionAsync();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(commit));
        fence.Signal(Host.Clock.Now);
        // Behind it: the answer was there before.
        await Soon(_screen.CommitAsync(_screen.Flip(None, outFence: FencedScreen.Pointer)));
        await Soon(UntilAsync(() => Task.FromResult(Host.Descriptors.Count == open + 1)));
    }

    [Theory]
    [InlineData(None, Errno.EBADF)]
    [InlineData(NonBlock, Errno.None)]
    public async Task A_file_that_is_killed_should_leave_no_waiter(AtomicFlags flags, Errno expected)
    {
        await LightAsync();
        var (fence, file) = _screen.Fence();
        var commit = _screen.Card.CallAsync(_screen.Flip(flags, file.Number));
        await _screen.Card.VersionAsync();
        Host.System.Stop(_screen.Card.File);
        Assert.Equal(expected, (await Soon(commit)).Errno);
        await SettleAsync();
        Assert.False(fence.HasWaiters);
    }

    [Theory]
    [InlineData(None, Errno.ENODEV)]
    [InlineData(NonBlock, Errno.None)]
    public async Task A_board_that_is_pulled_out_should_signal_what_it_never_shows(AtomicFlags flags, Errno expected)
    {
        await LightAsync();
        var (fence, file) = _screen.Fence();
        var open = Host.Descriptors.Count;
        var commit = _screen.Card.CallAsync(_screen.Flip(flags, file.Number, FencedScreen.Pointer));
        await Soon(_screen.Card.VersionAsync());
        await Soon(Host.UnplugBoardAsync("rk3399"));
        var reply = await Soon(commit);
        Assert.Equal(expected, reply.Errno);
        Assert.False(fence.HasWaiters);
        if (reply.Ok)
        {
            var shown = _screen.FenceOf(reply.Value!.Made.Single());
            Assert.Equal((true, Errno.ENODEV), (shown.IsSignaled, shown.Error));
            Host.Close(reply.Value.Made[0].Descriptor);
        }

        Assert.Equal(open, Host.Descriptors.Count);
    }

    [Fact]
    public async Task A_crtc_that_goes_dark_should_give_its_fence()
    {
        await LightAsync();
        var off = new ModeAtomic(
            AllowModeset,
            [new AtomicObject(_screen.Screen.Crtc.Value, [FencedScreen.Value(StandardProperties.Active, 0), FencedScreen.Value(StandardProperties.OutFencePtr, FencedScreen.Pointer)])]);
        Assert.True((await Soon(_screen.CommitAsync(off))).IsSignaled);
    }

    public override async Task DisposeAsync()
    {
        _screen.CloseAll();
        await base.DisposeAsync();
    }

    private static void Paint(DrmMapping mapping, byte value)
    {
        using (mapping)
            mapping.Span.Fill(value);
    }

    private async Task MoveCursorAsync(CursorFlags flags, GemHandle handle, int at) =>
        Assert.Equal(Errno.None, (await Soon(_screen.Card.CallAsync(new ModeCursor(flags, _screen.Screen.Crtc, at, at, 64, 64, handle)))).Errno);

    private ModeAtomic WithInFences(ModeAtomic call, params long[] files) => call with
    {
        Objects = [new AtomicObject(_screen.Primary.Id.Value, [.. files.Select(f => FencedScreen.Value(StandardProperties.InFenceFd, (ulong)f))])],
    };

    private async Task SignaledAsync(Fence fence)
    {
        var file = _screen.Open(new SyncFile(fence, Host.Descriptors, Host.Contexts));
        Assert.True(await Soon(Host.WaitAsync(file)));
    }

    private async Task LightAsync() => _screen = await FencedScreen.LightAsync(Host, await OpenAsync());
}
