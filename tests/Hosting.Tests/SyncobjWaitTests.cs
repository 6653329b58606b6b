using DrmActors.Actors.Fences;
using DrmActors.Hardware.Time;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>When a wait for syncobjs ends, and what it tells.</summary>
public sealed class SyncobjWaitTests : SyncobjTest
{
    [Fact]
    public async Task A_wait_should_end_with_the_signal_of_another_file()
    {
        var (one, other) = (await OpenAsync(), await OpenAsync());
        var mine = await one.CreateSyncobjAsync();
        var theirs = await ShareAsync(one, mine, other);
        var waiting = one.WaitSyncobjsAsync([mine], ForSubmit);
        await one.VersionAsync();
        Assert.False(waiting.IsCompleted);

        await other.SignalSyncobjsAsync([theirs]);

        Assert.Equal(0, await Soon(waiting));
        Assert.Equal(0, await one.WaitSyncobjsAsync([mine]));
    }

    [Fact]
    public async Task A_wait_for_any_should_tell_the_first_of_those_that_have_come()
    {
        var card = await OpenAsync();
        var (a, b, c) = (await card.CreateSyncobjAsync(), await card.CreateSyncobjAsync(signaled: true), await card.CreateSyncobjAsync(signaled: true));
        Assert.Equal(1, await card.WaitSyncobjsAsync([a, b, c], ForSubmit));
        Assert.Equal(0, await card.WaitSyncobjsAsync([b, c], All));
        await card.ResetSyncobjsAsync([b, c]);
        var waiting = card.WaitSyncobjsAsync([a, b, c], ForSubmit);
        await card.SignalSyncobjsAsync([c]);
        Assert.Equal(2, await Soon(waiting));
    }

    [Fact]
    public async Task A_wait_for_all_should_take_each_as_it_comes()
    {
        var card = await OpenAsync();
        var (a, b) = (await card.CreateSyncobjAsync(), await card.CreateSyncobjAsync());
        var waiting = card.WaitSyncobjsAsync([a, b, a], All | ForSubmit);
        await card.SignalSyncobjsAsync([a]);
        // What has come for it stays so.
        await card.ResetSyncobjsAsync([a]);
        Assert.False(waiting.IsCompleted);
        await card.SignalSyncobjsAsync([b]);
        // None had when it began; of what came later it does not tell.
        Assert.Equal(-1, await Soon(waiting));

        await card.ResetSyncobjsAsync([a]);
        waiting = card.WaitSyncobjsAsync([a, b], All | ForSubmit);
        await card.SignalSyncobjsAsync([a]);
        Assert.Equal(1, await Soon(waiting));
        Assert.Equal(0, await card.WaitSyncobjsAsync([a, b], All));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(1)]
    public async Task A_time_that_has_passed_should_ask_and_not_wait(long timeout)
    {
        Host.AdvanceTime(TimeSpan.FromSeconds(1));
        var card = await OpenAsync();
        var syncobj = await card.CreateSyncobjAsync();
        await RefusedAsync(Errno.ETIME, () => card.WaitSyncobjsAsync([syncobj], ForSubmit, timeout));
        await card.SignalSyncobjsAsync([syncobj]);
        Assert.Equal(0, await card.WaitSyncobjsAsync([syncobj], ForSubmit, timeout));
    }

    [Fact]
    public async Task A_wait_should_give_up_when_its_time_comes_and_not_before()
    {
        var card = await OpenAsync();
        var syncobj = await card.CreateSyncobjAsync();
        var waiting = card.WaitSyncobjsAsync([syncobj], ForSubmit, Host.Clock.Now + 1_000_000);
        await card.VersionAsync();
        Host.AdvanceTime(TimeSpan.FromTicks(9_999));
        await card.VersionAsync();
        Assert.False(waiting.IsCompleted);
        Host.AdvanceTime(TimeSpan.FromTicks(1));
        await RefusedAsync(Errno.ETIME, () => waiting);
        Assert.Equal(0, await WaitingAsync(card, syncobj));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000_000)]
    public async Task A_wait_should_say_until_when_it_would_like_what_has_yet_to_come(long timeout)
    {
        const ulong Deadline = 70;
        var card = await OpenAsync();
        var (timeline, points) = (await card.CreateSyncobjAsync(), new List<SwFence>());
        var (software, signaled) = (Host.OpenSwSync(), await card.CreateSyncobjAsync(signaled: true));
        for (var point = 1u; point <= 3; point++)
        {
            var (job, file) = (await card.CreateSyncobjAsync(), await Host.CreateFenceAsync(software, point));
            points.Add((SwFence)((SyncFile)Host.Descriptors.Find(file)!).Fence);
            await ImportAsync(card, job, file);
            await card.TransferSyncobjAsync((job, 0), (timeline, point));
        }

        // One that has come is all that this waits for, and the next is refused: nobody is asked to hurry.
        await card.CallAsync(new SyncobjTimelineWait([timeline, signaled], 2, [2, 0], timeout, SyncobjWaitFlags.WaitDeadline, Deadline));
        await card.CallAsync(new SyncobjTimelineWait([timeline, timeline], 2, [2, 9], timeout, SyncobjWaitFlags.WaitDeadline, Deadline));
        Assert.All(points, p => Assert.Null(p.Deadline));

        var waiting = card.CallAsync(new SyncobjTimelineWait([timeline], 1, [2], timeout, SyncobjWaitFlags.WaitDeadline, Deadline));
        await card.VersionAsync();
        Assert.Equal([(long)Deadline, (long)Deadline, null], points.Select(p => p.Deadline));
        await Host.AdvanceAsync(software, 2);
        Assert.Equal(timeout == 0 ? Errno.ETIME : Errno.None, (await Soon(waiting)).Errno);
        Host.Close(software);
    }

    [Theory]
    [InlineData(SyncobjWaitFlags.None)]
    [InlineData(All)]
    [InlineData(All | ForSubmit)]
    public async Task A_wait_that_ends_while_it_begins_should_be_told_once_and_leave_nothing(SyncobjWaitFlags flags)
    {
        var card = await OpenAsync();
        var (one, other) = (await card.CreateSyncobjAsync(), await card.CreateSyncobjAsync());
        var idle = ((VirtualClock)Host.Clock).NextDue;
        foreach (var syncobj in (SyncobjHandle[])[one, other])
            await ImportAsync(card, syncobj, Host.Descriptors.Add(new SyncFile(new Asked(Host.Contexts.Next()), Host.Descriptors, Host.Contexts)));

        var first = await Soon(card.WaitSyncobjsAsync([one, other], flags, Host.Clock.Now + 1_000));

        Assert.Equal(flags == SyncobjWaitFlags.None ? 0 : -1, first);
        Assert.Equal((0, idle), (card.View.Device.SyncobjWaits, ((VirtualClock)Host.Clock).NextDue));
    }

    // Happens when somebody begins to wait for it, and not before.
    private sealed class Asked(ulong context) : Fence("test", "asked", context, sequence: 1)
    {
        protected override void Enable() => Signal(1);
    }
}
