using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Event counters (eventfd) that count syncobjs and points.</summary>
public sealed class SyncobjCounterTests : SyncobjTest
{
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
}
