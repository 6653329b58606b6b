using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Fences;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Sync files as a host uses them: merged, looked at and waited for.</summary>
public sealed class SyncFileTests : HostTest
{
    private readonly List<Descriptor> _open = [];

    [Fact]
    public async Task Merged_files_should_be_signalled_when_both_are()
    {
        var (one, first) = Make("one");
        var (other, second) = Make("two");
        var merged = Opened(await Host.MergeSyncFilesAsync(one, other, "both"));
        Assert.Equal([("one", 0, 0ul), ("two", 0, 0ul)], await FencesOf(merged));
        var waiting = Host.WaitAsync(merged);
        first.Signal(time: 5, Errno.EIO);
        Assert.Equal([("one", -5, 5ul), ("two", 0, 0ul)], await FencesOf(merged));
        Assert.False(waiting.IsCompleted);
        second.Signal(time: 7);
        Assert.True(await Soon(waiting));
        Assert.Equal([("one", -5, 5ul), ("two", 1, 7ul)], await FencesOf(merged));
        Assert.Equal(new SyncFileInfo("both", -5, 2, []), await InfoAsync(merged, room: 0));
    }

    [Fact]
    public async Task What_is_merged_should_stay_when_its_files_are_closed()
    {
        var (one, first) = Make("one");
        var (other, second) = Make("two");
        var merged = Opened((await Host.CallAsync(one, new SyncMerge("", other))).Value!.Descriptor);
        Close(one);
        Close(other);
        first.Signal(time: 1);
        second.Signal(time: 2);
        Assert.True(await Soon(Host.WaitAsync(merged)));
        // Nobody has named it.
        Assert.StartsWith("dma_fence_array-unbound", (await InfoAsync(merged, room: 0)).Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flags", Errno.EINVAL)]
    [InlineData("pad", Errno.EINVAL)]
    [InlineData("flags-and-closed", Errno.EINVAL)]
    [InlineData("closed", Errno.ENOENT)]
    [InlineData("foreign", Errno.ENOENT)]
    [InlineData("none", Errno.ENOENT)]
    [InlineData("itself", Errno.None)]
    public async Task Merging_should_be_refused_as_by_the_kernel(string what, Errno expected)
    {
        var (one, fence) = Make("one");
        var foreign = Opened(Host.Descriptors.Add(new ForeignFile()));
        var reply = await Host.CallAsync(one, what switch
        {
            "flags" => new SyncMerge("m", one, Flags: 1),
            "pad" => new SyncMerge("m", one, Pad: 1),
            "flags-and-closed" => new SyncMerge("m", new(77), Flags: 1),
            "closed" => new SyncMerge("m", new(77)),
            "foreign" => new SyncMerge("m", foreign),
            "none" => new SyncMerge("m", Descriptor.None),
            _ => new SyncMerge("m", one),
        });
        Assert.Equal(expected, reply.Errno);
        if (reply.Ok)
            Assert.Same(fence, ((SyncFile)Host.Descriptors.Find(Opened(reply.Value!.Descriptor))!).Fence);
        Assert.Equal(_open.Count, Host.Descriptors.Count);
    }

    [Theory]
    [InlineData(0, 1, 0, Errno.EINVAL)]
    [InlineData(0, 0, 1, Errno.EINVAL)]
    [InlineData(1, 0, 0, Errno.EINVAL)] // there are two
    [InlineData(2, 0, 0, Errno.None)]
    [InlineData(0, 0, 0, Errno.None)]
    public async Task Info_should_be_refused_as_by_the_kernel(uint room, uint flags, uint pad, Errno expected)
    {
        var merged = Opened(await Host.MergeSyncFilesAsync(Make("one").File, Make("two").File));
        var reply = await Host.CallAsync(merged, new GetSyncFileInfo(room, flags, pad));
        Assert.Equal(expected, reply.Errno);
        if (reply.Ok)
            Assert.Equal((2u, (int)room), (reply.Value!.Count, reply.Value.Fences.Length));
    }

    [Fact]
    public async Task The_status_should_be_that_of_the_first_that_is_not_well_and_1_where_all_are()
    {
        var ((one, first), (other, second)) = (Make("one"), Make("two"));
        var merged = Opened(await Host.MergeSyncFilesAsync(one, other));
        first.Signal(time: 5);
        Assert.Equal(0, (await InfoAsync(merged, room: 2)).Status);
        second.Signal(time: 6, Errno.EIO);
        Assert.Equal((-5, 1, -5), ((await InfoAsync(merged, room: 3)).Status, (await InfoAsync(one, room: 1)).Status, (await InfoAsync(other, room: 1)).Status));
    }

    [Fact]
    public async Task A_call_of_another_kind_should_be_ENOTTY_and_a_closed_descriptor_EBADF()
    {
        var (one, _) = Make("one");
        var foreign = Opened(Host.Descriptors.Add(new ForeignFile()));
        Assert.Equal(Errno.ENOTTY, (await Host.CallAsync(one, new GetVersion())).Errno);
        Assert.Equal(Errno.ENOTTY, (await Host.CallAsync(foreign, new GetSyncFileInfo(0))).Errno);
        Assert.Equal(Errno.EBADF, (await Host.CallAsync(new Descriptor(99), new GetSyncFileInfo(0))).Errno);
        await RefusedAsync(Errno.EINVAL, () => Host.WaitAsync(foreign));
        await RefusedAsync(Errno.EBADF, () => Host.WaitAsync(new(99)));
    }

    [Fact]
    public async Task A_deadline_should_reach_every_fence()
    {
        var (one, first) = Make("one");
        var (other, second) = Make("two");
        var merged = Opened(await Host.MergeSyncFilesAsync(one, other));
        Assert.Equal(Errno.EINVAL, (await Host.CallAsync(merged, new SetSyncDeadline(9, Pad: 1))).Errno);
        Assert.Equal((0, 0), (first.Deadline, second.Deadline));
        Assert.Equal(Errno.None, (await Host.CallAsync(merged, new SetSyncDeadline(9))).Errno);
        Assert.Equal((9, 9), (first.Deadline, second.Deadline));
    }

    [Fact]
    public async Task A_wait_should_end_by_its_time_or_its_caller_and_leave_nothing()
    {
        var (one, fence) = Make("one");
        Assert.False(await Soon(Host.WaitAsync(one, TimeSpan.FromMilliseconds(5))));
        Assert.False(await Soon(Host.WaitAsync(one, TimeSpan.Zero)));
        Assert.False(fence.HasWaiters);
        using var cancel = new CancellationTokenSource();
        var waiting = Host.WaitAsync(one, cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(waiting));
        Assert.False(fence.HasWaiters);
        fence.Signal(time: 3);
        Assert.True(await Soon(Host.WaitAsync(one, TimeSpan.Zero)));
    }

    [Fact]
    public async Task A_wait_for_what_never_comes_should_end_with_the_host()
    {
        var (one, _) = Make("one");
        var waiting = Host.WaitAsync(one);
        // Behind it: the wait has begun.
        await InfoAsync(one, room: 0);
        Close(one);
        await Soon(Host.ShutdownAsync());
        await RefusedAsync(Errno.ENODEV, () => waiting);
    }

    public override async Task DisposeAsync()
    {
        foreach (var descriptor in _open)
            Host.Close(descriptor);
        await base.DisposeAsync();
    }

    private (Descriptor File, Wished Fence) Make(string name)
    {
        var fence = new Wished(name, Host.Contexts.Next());
        return (Opened(Host.Descriptors.Add(new SyncFile(fence, Host.Descriptors, Host.Contexts))), fence);
    }

    private Descriptor Opened(Descriptor descriptor)
    {
        _open.Add(descriptor);
        return descriptor;
    }

    private void Close(Descriptor descriptor)
    {
        _open.Remove(descriptor);
        Host.Close(descriptor);
    }

    private async Task<SyncFileInfo> InfoAsync(Descriptor file, uint room) => (await Host.CallAsync(file, new GetSyncFileInfo(room))).Value!;

    private async Task<(string, int, ulong)[]> FencesOf(Descriptor file) =>
        [.. (await Host.GetSyncFencesAsync(file)).Select(f => (f.Timeline, f.Status, f.Time))];

    private sealed class Wished(string name, ulong context) : Fence("test", name, context, sequence: 1)
    {
        public long Deadline { get; private set; }

        public override void SetDeadline(long deadline) => Deadline = deadline;
    }
}
