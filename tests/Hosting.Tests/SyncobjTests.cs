using Akka.Actor;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Time;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Syncobjs through a whole card, in a time that the tests move.</summary>
public sealed class SyncobjTests : HostTest
{
    private const SyncobjWaitFlags ForSubmit = SyncobjWaitFlags.WaitForSubmit;
    private const SyncobjWaitFlags All = SyncobjWaitFlags.WaitAll;

    protected override void Configure(DrmHostOptions options)
    {
        options.Boards.Clear();
        options.Boards.Add("no-vblank");
        options.Time = TimeMode.Manual;
    }

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

    [Fact]
    public async Task A_wait_should_be_interrupted_and_leave_nothing()
    {
        var card = await OpenAsync();
        var syncobj = await card.CreateSyncobjAsync();
        using var cancel = new CancellationTokenSource();
        var waiting = card.WaitSyncobjsAsync([syncobj], ForSubmit, cancellationToken: cancel.Token);
        await card.VersionAsync();
        Assert.Equal(1, await WaitingAsync(card, syncobj));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => Soon(waiting));
        Assert.Equal(0, await WaitingAsync(card, syncobj));

        var answer = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        var caller = Host.System.ActorOf(Props.Create(() => new Caller(answer)), "caller");
        card.File.Tell(new SyncobjWait([syncobj], 1, long.MaxValue, ForSubmit), caller);
        card.File.Tell(InterruptCall.Instance, caller);
        Assert.Equal(Errno.EINTR, ((Reply<SyncobjWaited>)await Soon(answer.Task)).Errno);
        Assert.Equal(0, await WaitingAsync(card, syncobj));
    }

    [Theory]
    [InlineData("close", Errno.EBADF)]
    [InlineData("kill", Errno.ENODEV)]
    [InlineData("unplug", Errno.ENODEV)]
    public async Task A_wait_should_end_with_its_file_and_leave_nothing(string how, Errno expected)
    {
        var (card, other) = (await OpenAsync(), await OpenAsync());
        var syncobj = await card.CreateSyncobjAsync();
        var shared = await ShareAsync(card, syncobj, other);
        var descriptor = await other.ExportSyncobjAsync(shared);
        var box = ((Actors.Syncobjs.SyncobjFile)Host.Descriptors.Find(descriptor)!).Syncobj;
        var pending = new FenceTimeline("test", "job", Host.Contexts.Next()).Next();
        Task[] waits =
        [
            card.WaitSyncobjsAsync([syncobj], ForSubmit, Host.Clock.Now + 1_000_000_000),
            card.WaitTimelinesAsync([(syncobj, 5)], ForSubmit),
            card.TransferSyncobjAsync((syncobj, 5), (syncobj, 6), ForSubmit),
        ];
        await card.VersionAsync();
        Assert.Equal(3, box.Waiting);
        box.Replace(pending);
        Assert.True(pending.HasWaiters);

        if (how == "close")
            await card.DisposeAsync();
        else if (how == "kill")
            card.File.Tell(Kill.Instance, ActorRefs.NoSender);
        else
            await Soon(Host.UnplugBoardAsync("no-vblank"));

        foreach (var wait in waits)
            await RefusedAsync(expected, () => wait);
        Assert.Equal((0, false), (box.Waiting, pending.HasWaiters));
        Host.Close(descriptor);
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

    [Fact]
    public async Task An_event_counter_should_count_points()
    {
        var card = await OpenAsync();
        var timeline = await card.CreateSyncobjAsync();
        var counter = Host.CreateEventCounter();
        await card.CountSyncobjAsync(timeline, 2, counter);
        await card.CountSyncobjAsync(timeline, 1, counter, SyncobjWaitFlags.WaitAvailable);
        Assert.Equal(0ul, Host.TakeEventCounter(counter));
        await Import(card, timeline, out var fence);
        await card.TransferSyncobjAsync((timeline, 0), (timeline, 1));
        Assert.Equal(1ul, Host.TakeEventCounter(counter));
        await card.SignalTimelinesAsync([(timeline, 2)]);
        // The syncobj may go: what waits is at the fence.
        await card.DestroySyncobjAsync(timeline);
        var reading = Host.ReadEventCounterAsync(counter);
        Assert.False(reading.IsCompleted);
        fence.Signal(1);
        Assert.Equal(1ul, await Soon(reading));
        Host.Close(counter);
    }

    [Fact]
    public async Task An_event_counter_should_count_at_once_what_has_come()
    {
        var card = await OpenAsync();
        var (signaled, pending) = (await card.CreateSyncobjAsync(signaled: true), await card.CreateSyncobjAsync());
        await Import(card, pending, out var fence);
        var counter = Host.CreateEventCounter();
        await card.CountSyncobjAsync(signaled, 0, counter);
        Assert.Equal(1ul, Host.TakeEventCounter(counter));
        await card.CountSyncobjAsync(pending, 0, counter, SyncobjWaitFlags.WaitAvailable);
        Assert.Equal(1ul, Host.TakeEventCounter(counter));
        await card.CountSyncobjAsync(pending, 0, counter);
        Assert.Equal(0ul, Host.TakeEventCounter(counter));
        fence.Signal(1);
        Assert.Equal(1ul, await Soon(Host.ReadEventCounterAsync(counter)));
        // A point that has come is none of those that the last one is waited for with.
        await card.SignalTimelinesAsync([(signaled, 3)]);
        await card.TransferSyncobjAsync((signaled, 0), (pending, 0));
        await card.CountSyncobjAsync(pending, 2, counter);
        Assert.Equal(1ul, Host.TakeEventCounter(counter));
        Host.Close(counter);
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

    [Fact]
    public async Task Of_many_waits_each_should_end_for_itself()
    {
        var (card, clock) = (await OpenAsync(), (VirtualClock)Host.Clock);
        var (one, other) = (await card.CreateSyncobjAsync(), await card.CreateSyncobjAsync());
        var idle = clock.NextDue;
        using var cancel = new CancellationTokenSource();
        Task<int>[] waits =
        [
            card.WaitSyncobjsAsync([one], ForSubmit, clock.Now + 1_000),
            card.WaitSyncobjsAsync([one, other], All | ForSubmit, cancellationToken: cancel.Token),
            card.WaitSyncobjsAsync([other], ForSubmit, clock.Now + 2_000),
        ];
        var callers = Enumerable.Range(0, 3).Select(i =>
        {
            var answer = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
            var caller = Host.System.ActorOf(Props.Create(() => new Caller(answer)), $"caller-{i}");
            card.File.Tell(new SyncobjWait([other], 1, long.MaxValue, ForSubmit), caller);
            return (Ref: caller, Answer: answer.Task);
        }).ToList();
        await TakenAsync(card);
        Assert.Equal((6, (long?)clock.Now + 1_000), (card.View.Device.SyncobjWaits, clock.NextDue));

        card.File.Tell(InterruptCall.Instance, callers[1].Ref);
        Assert.Equal(Errno.EINTR, ((Reply<SyncobjWaited>)await Soon(callers[1].Answer)).Errno);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(waits[1]));
        await TakenAsync(card);
        Assert.Equal((4, 0), (card.View.Device.SyncobjWaits, waits.Count(w => w.IsCompletedSuccessfully)));
        await card.SignalSyncobjsAsync([one]);
        Assert.Equal(0, await Soon(waits[0]));
        Assert.Equal((3, (long?)clock.Now + 2_000), (card.View.Device.SyncobjWaits, clock.NextDue));
        await card.SignalSyncobjsAsync([other]);
        Assert.Equal(0, await Soon(waits[2]));
        foreach (var (_, answer) in callers.Where((_, i) => i != 1))
            Assert.Equal(new SyncobjWaited(0), ((Reply<SyncobjWaited>)await Soon(answer)).Value);
        Assert.Equal((0, idle), (card.View.Device.SyncobjWaits, clock.NextDue));
    }

    [Fact]
    public async Task Ten_thousand_waiters_should_all_be_woken()
    {
        const int Waiters = 10_000;
        var card = await OpenAsync();
        var timeline = await card.CreateSyncobjAsync();
        var waits = Enumerable.Range(0, Waiters).Select(_ => card.WaitTimelinesAsync([(timeline, 1)], ForSubmit)).ToList();
        await card.SignalTimelinesAsync([(timeline, 1)]);
        Assert.All(await Soon(Task.WhenAll(waits)), first => Assert.Equal(0, first));
        Assert.Equal(0, await WaitingAsync(card, timeline));
    }

    private async Task<SyncobjHandle> ShareAsync(DrmCard from, SyncobjHandle syncobj, DrmCard to)
    {
        var descriptor = await from.ExportSyncobjAsync(syncobj);
        var shared = await to.ImportSyncobjAsync(descriptor);
        Host.Close(descriptor);
        return shared;
    }

    private Task Import(DrmCard card, SyncobjHandle syncobj, out Fence fence, ulong point = 0)
    {
        fence = new FenceTimeline("test", "job", Host.Contexts.Next()).Next();
        return ImportAsync(card, syncobj, Host.Descriptors.Add(new SyncFile(fence, Host.Descriptors, Host.Contexts)), point);
    }

    private async Task ImportAsync(DrmCard card, SyncobjHandle syncobj, Descriptor file, ulong point = 0)
    {
        await card.ImportSyncFileAsync(syncobj, file, point);
        Host.Close(file);
    }

    private async Task<int> WaitingAsync(DrmCard card, SyncobjHandle syncobj)
    {
        var descriptor = await card.ExportSyncobjAsync(syncobj);
        var waiting = ((Actors.Syncobjs.SyncobjFile)Host.Descriptors.Find(descriptor)!).Syncobj.Waiting;
        Host.Close(descriptor);
        return waiting;
    }

    // Happens when somebody begins to wait for it, and not before.
    private sealed class Asked(ulong context) : Fence("test", "asked", context, sequence: 1)
    {
        protected override void Enable() => Signal(1);
    }

    // Behind all that was sent to the file: a read would be answered in place.
    private static Task TakenAsync(DrmCard card) => card.CallAsync(new SyncobjDestroy(default));

    private sealed class Caller(TaskCompletionSource<object> answer) : UntypedActor
    {
        protected override void OnReceive(object message) => answer.TrySetResult(message);
    }
}
