using DrmActors.Messages;
using static DrmActors.Messages.AtomicFlags;

namespace DrmActors.Hosting.Tests;

/// <summary>Timelines that are moved on by hand.</summary>
public sealed class SwSyncTests : HostTest
{
    private readonly List<Descriptor> _open = [];

    [Fact]
    public async Task Fences_should_be_signalled_in_their_order_when_the_timeline_passes_them()
    {
        var timeline = Opened(Host.OpenSwSync("tests"));
        var fences = new List<Descriptor>();
        foreach (var value in (uint[])[3, 1, 2, 0])
            fences.Add(Opened(await Host.CreateFenceAsync(timeline, value)));
        Assert.Equal("0 0 0 1", await StatusAsync(fences));
        await Host.AdvanceAsync(timeline);
        Assert.Equal("0 1 0 1", await StatusAsync(fences));
        var waiting = Host.WaitAsync(fences[0]);
        await Host.AdvanceAsync(timeline, 2);
        Assert.True(await Soon(waiting));
        Assert.Equal("1 1 1 1", await StatusAsync(fences));
        var fence = (await Host.GetSyncFencesAsync(fences[0])).Single();
        Assert.Equal(("tests", "sw_sync"), (fence.Timeline, fence.Driver));
    }

    [Theory]
    [InlineData(0u, uint.MaxValue, true)] // behind
    [InlineData(0u, 0x7fffffffu, false)]
    [InlineData(0u, 0x80000001u, true)]
    [InlineData(0xfffffff0u, 5u, false)] // round
    [InlineData(0xfffffff0u, 0xfffffff0u, true)]
    public async Task Points_should_go_round(uint at, uint value, bool isSignaled)
    {
        var timeline = Opened(Host.OpenSwSync());
        await Host.AdvanceAsync(timeline, at);
        var fence = Opened(await Host.CreateFenceAsync(timeline, value));
        Assert.Equal(isSignaled ? "1" : "0", await StatusAsync([fence]));
        await Host.AdvanceAsync(timeline, value - at);
        Assert.Equal("1", await StatusAsync([fence]));
    }

    [Fact]
    public async Task What_a_closed_timeline_has_not_come_to_should_end_with_ENOENT()
    {
        var timeline = Host.OpenSwSync();
        var again = Host.Duplicate(timeline);
        Descriptor[] fences = [Opened(await Host.CreateFenceAsync(timeline, 1)), Opened(await Host.CreateFenceAsync(timeline, 9))];
        await Host.AdvanceAsync(timeline);
        var waiting = Host.WaitAsync(fences[1]);
        Host.Close(timeline);
        Assert.Equal("1 0", await StatusAsync(fences));
        Host.Close(again);
        Assert.Equal("1 -2", await StatusAsync(fences));
        Assert.True(await Soon(waiting));
    }

    [Fact]
    public async Task A_commit_should_wait_for_a_point_and_go_on_when_that_will_never_come()
    {
        var screen = await FencedScreen.LightAsync(Host, await OpenAsync());
        var timeline = Host.OpenSwSync();
        foreach (var isClosed in (bool[])[false, true])
        {
            var fence = Opened(await Host.CreateFenceAsync(timeline, isClosed ? 2u : 1u));
            var shown = await screen.CommitAsync(screen.Flip(NonBlock | PageFlipEvent, fence.Number, FencedScreen.Pointer));
            await Soon(screen.Card.WaitVblankAsync(VblankTarget.Relative(3)));
            Assert.False(shown.IsSignaled);
            if (isClosed)
                Host.Close(timeline);
            else
                await Host.AdvanceAsync(timeline);
            await Soon(screen.Card.NextEventAsync());
            Assert.True(shown.IsSignaled);
        }

        screen.CloseAll();
    }

    [Fact]
    public async Task Two_of_one_point_should_be_one_and_a_merged_one_has_it_once()
    {
        var timeline = Opened(Host.OpenSwSync());
        Descriptor[] fences = [Opened(await Host.CreateFenceAsync(timeline, 2)), Opened(await Host.CreateFenceAsync(timeline, 2)), Opened(await Host.CreateFenceAsync(timeline, 4))];
        var merged = Opened(await Host.MergeSyncFilesAsync(fences[0], fences[1]));
        Assert.Single(await Host.GetSyncFencesAsync(merged));
        var later = Opened(await Host.MergeSyncFilesAsync(merged, fences[2]));
        await Host.AdvanceAsync(timeline, 3);
        Assert.Equal("1 0", await StatusAsync([merged, later]));
    }

    [Fact]
    public async Task A_deadline_should_be_told_to_whoever_moves_the_timeline_on()
    {
        var timeline = Opened(Host.OpenSwSync());
        var fence = Opened(await Host.CreateFenceAsync(timeline, 2));
        Assert.Equal(Errno.ENOENT, (await Host.CallAsync(timeline, new SwSyncGetDeadline(fence))).Errno);
        foreach (var deadline in (ulong[])[70, 50, 60])
            await Host.CallAsync(fence, new SetSyncDeadline(deadline));
        Assert.Equal(50ul, (await Host.CallAsync(timeline, new SwSyncGetDeadline(fence))).Value!.Time);
        // What has come is not hurried any more.
        var past = Opened(await Host.CreateFenceAsync(timeline, 0));
        await Host.CallAsync(past, new SetSyncDeadline(70));
        Assert.Equal(Errno.ENOENT, (await Host.CallAsync(timeline, new SwSyncGetDeadline(past))).Errno);
        foreach (var wrong in (SwSyncGetDeadline[])[new(fence, Deadline: 1), new(fence, Pad: 1), new(timeline), new(new(77))])
            Assert.Equal(Errno.EINVAL, (await Host.CallAsync(timeline, wrong)).Errno);
        Assert.Equal(Errno.ENOTTY, (await Host.CallAsync(timeline, new GetSyncFileInfo(0))).Errno);
        Assert.Equal(Errno.ENOTTY, (await Host.CallAsync(fence, new SwSyncInc(1))).Errno);
    }

    [Fact]
    public async Task Many_fences_should_all_come()
    {
        const uint Many = 300;
        var timeline = Opened(Host.OpenSwSync());
        var fences = new List<Descriptor>();
        for (var value = Many; value > 0; value--)
            fences.Add(Opened(await Host.CreateFenceAsync(timeline, value)));
        await Host.AdvanceAsync(timeline, Many - 1);
        Assert.Equal("0" + string.Concat(Enumerable.Repeat(" 1", (int)Many - 1)), await StatusAsync(fences));
        await Host.AdvanceAsync(timeline);
        Assert.Equal("1", await StatusAsync(fences[..1]));
    }

    [Fact]
    public async Task Fences_that_nobody_has_should_leave_memory_where_it_was()
    {
        var timeline = Opened(Host.OpenSwSync());
        await MakeAndCloseAsync(timeline, 1_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await MakeAndCloseAsync(timeline, 200_000);
        // Fences that stayed would be 40 MB; what other tests hold meanwhile is not.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 24 << 20);
    }

    public override async Task DisposeAsync()
    {
        foreach (var descriptor in _open)
            Host.Close(descriptor);
        await base.DisposeAsync();
    }

    private async Task MakeAndCloseAsync(Descriptor timeline, uint count)
    {
        for (var i = 1u; i <= count; i++)
            Host.Close(await Host.CreateFenceAsync(timeline, 1_000_000 + i));
    }

    private Descriptor Opened(Descriptor descriptor)
    {
        _open.Add(descriptor);
        return descriptor;
    }

    private async Task<string> StatusAsync(IEnumerable<Descriptor> files)
    {
        var status = new List<int>();
        foreach (var file in files)
            status.Add((await Host.CallAsync(file, new GetSyncFileInfo(0))).Value!.Status);
        return string.Join(' ', status);
    }
}
