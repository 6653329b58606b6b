using Akka.Actor;
using DrmActors.Actors.Fences;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Time;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Who waits for syncobjs: many at once, and some that are interrupted or die.</summary>
public sealed class SyncobjWaiterTests : SyncobjTest
{
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

        var (caller, answer) = NewCaller("caller");
        card.File.Tell(new SyncobjWait([syncobj], 1, long.MaxValue, ForSubmit), caller);
        card.File.Tell(InterruptCall.Instance, caller);
        Assert.Equal(Errno.EINTR, ((Reply<SyncobjWaited>)await Soon(answer)).Errno);
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
            var caller = NewCaller($"caller-{i}");
            card.File.Tell(new SyncobjWait([other], 1, long.MaxValue, ForSubmit), caller.Ref);
            return caller;
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

    private (IActorRef Ref, Task<object> Answer) NewCaller(string name)
    {
        var answer = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Host.System.ActorOf(Props.Create(() => new Caller(answer)), name), answer.Task);
    }

    // Behind all that was sent to the file: a read would be answered in place.
    private static Task TakenAsync(DrmCard card) => card.CallAsync(new SyncobjDestroy(default));

    private sealed class Caller(TaskCompletionSource<object> answer) : UntypedActor
    {
        protected override void OnReceive(object message) => answer.TrySetResult(message);
    }
}
