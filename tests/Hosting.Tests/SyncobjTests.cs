using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Syncobjs of a card: their handles, what they carry in and out, and timelines.</summary>
public sealed class SyncobjTests : SyncobjTest
{
    [Fact]
    public async Task The_capabilities_should_say_that_they_are_there()
    {
        var card = await OpenAsync();
        Assert.Equal((1ul, 1ul), (await card.GetCapAsync(Capability.Syncobj), await card.GetCapAsync(Capability.SyncobjTimeline)));
    }

    [Fact]
    public async Task Handles_should_count_from_1_and_the_lowest_be_used_again()
    {
        var card = await OpenAsync();
        for (var i = 1u; i <= 3; i++)
            Assert.Equal(new SyncobjHandle(i), await card.CreateSyncobjAsync());
        await card.DestroySyncobjAsync(new SyncobjHandle(2));
        Assert.Equal(new SyncobjHandle(2), await card.CreateSyncobjAsync());
    }

    [Fact]
    public async Task Points_should_come_in_order_and_be_told()
    {
        var card = await OpenAsync();
        var timeline = await card.CreateSyncobjAsync();
        var job = Import(card, timeline, out var fence);
        await job;
        var third = card.WaitTimelinesAsync([(timeline, 3)], ForSubmit);
        var available = card.WaitTimelinesAsync([(timeline, 2)], SyncobjWaitFlags.WaitAvailable);
        await card.TransferSyncobjAsync((timeline, 0), (timeline, 1));
        await card.SignalTimelinesAsync([(timeline, 3)]);
        Assert.Equal(0, await Soon(available));
        Assert.False(third.IsCompleted);
        Assert.Equal(0ul, (await card.QueryTimelinesAsync([timeline]))[0]);
        Assert.Equal(3ul, (await card.QueryTimelinesAsync([timeline], SyncobjQueryFlags.LastSubmitted))[0]);

        fence.Signal(Host.Clock.Now);

        Assert.Equal(0, await Soon(third));
        Assert.Equal(3ul, (await card.QueryTimelinesAsync([timeline]))[0]);
    }

    [Fact]
    public async Task A_transfer_should_wait_for_its_source_five_seconds()
    {
        var card = await OpenAsync();
        var (from, to) = (await card.CreateSyncobjAsync(), await card.CreateSyncobjAsync());
        await RefusedAsync(Errno.EINVAL, () => card.TransferSyncobjAsync((from, 3), (to, 9)));
        var first = card.TransferSyncobjAsync((from, 3), (to, 9), ForSubmit);
        await card.SignalTimelinesAsync([(from, 4)]);
        await Soon(first);
        Assert.Equal(9ul, (await card.QueryTimelinesAsync([to]))[0]);

        var second = card.TransferSyncobjAsync((from, 5), (to, 0), ForSubmit);
        await card.VersionAsync();
        Host.AdvanceTime(TimeSpan.FromSeconds(5));
        await RefusedAsync(Errno.ETIME, () => second);
    }

    [Fact]
    public async Task Sync_files_should_carry_fences_in_and_out()
    {
        var card = await OpenAsync();
        var (from, to) = (await card.CreateSyncobjAsync(), await card.CreateSyncobjAsync());
        await Import(card, from, out var fence);
        var file = await card.ExportSyncFileAsync(from);
        await card.ImportSyncFileAsync(to, file);
        await card.ResetSyncobjsAsync([from]);
        Host.Close(file);
        var waiting = card.WaitSyncobjsAsync([to]);
        await card.VersionAsync();
        Assert.False(waiting.IsCompleted);
        fence.Signal(1);
        Assert.Equal(0, await Soon(waiting));
    }

    [Fact]
    public async Task Sync_files_should_carry_points_in_and_out()
    {
        var card = await OpenAsync();
        var (from, to) = (await card.CreateSyncobjAsync(), await card.CreateSyncobjAsync());
        await Import(card, from, out var early, point: 2);
        await Import(card, from, out var late, point: 5);
        Assert.Equal(5ul, (await card.QueryTimelinesAsync([from], SyncobjQueryFlags.LastSubmitted))[0]);
        await RefusedAsync(Errno.EINVAL, () => card.ExportSyncFileAsync(from, point: 6));

        // Point 1 comes with point 2, which has the fence.
        var file = await card.ExportSyncFileAsync(from, point: 1);
        await card.ImportSyncFileAsync(to, file, point: 7);
        late.Signal(1);
        Assert.Equal((0ul, 0ul), ((await card.QueryTimelinesAsync([from]))[0], (await card.QueryTimelinesAsync([to]))[0]));
        early.Signal(2);
        Assert.Equal((5ul, 7ul), ((await card.QueryTimelinesAsync([from]))[0], (await card.QueryTimelinesAsync([to]))[0]));
        Assert.True(await Host.WaitAsync(file));
        Host.Close(file);

        // One that has come long ago has a fence as well.
        file = await card.ExportSyncFileAsync(from, point: 3);
        Assert.Equal(1, (await Host.GetSyncFencesAsync(file))[0].Status);
        Host.Close(file);
    }
}
