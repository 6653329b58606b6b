using Akka.Actor;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

/// <summary>Calls that wait end: by their answer, by cancellation, or by the death of who would have answered.</summary>
public sealed class WaitingTests : HostTest
{
    [Fact]
    public async Task A_read_that_is_cancelled_should_lose_no_event()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        for (ulong i = 0; i < 100; i++)
        {
            using var cancel = new CancellationTokenSource();
            var reading = screen.Card.NextEventAsync(cancel.Token);
            await screen.Card.RequestVblankEventAsync(VblankTarget.Next, userData: i);
            await cancel.CancelAsync();
            DrmEvent shown;
            try
            {
                shown = await Soon(reading);
            }
            catch (OperationCanceledException)
            {
                shown = await Soon(screen.Card.NextEventAsync());
            }

            Assert.Equal(i, ((VblankEvent)shown).UserData);
        }
    }

    [Fact]
    public async Task Events_of_several_readers_should_each_come_once_and_in_order()
    {
        const int Events = 300;
        var screen = await Screen.LightAsync(await OpenAsync());
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var seen = new List<ulong>();
            while (seen.Count < Events / 3)
                seen.Add(((VblankEvent)await screen.Card.NextEventAsync()).UserData);
            return seen;
        })).ToList();

        for (var i = 0; i < Events; i++)
            while ((await screen.Card.CallAsync(new WaitVblank(VblankFlags.Relative | VblankFlags.Event, 1, (ulong)i))).Errno == Errno.ENOMEM)
                await Task.Yield();
        var seen = await Soon(Task.WhenAll(readers));

        Assert.All(seen, s => Assert.Equal(s.Order(), s));
        Assert.Equal(Enumerable.Range(0, Events).Select(i => (ulong)i), seen.SelectMany(s => s).Order());
    }

    [Fact]
    public async Task The_stream_of_events_should_end_with_the_card()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        await screen.Card.RequestVblankEventAsync(VblankTarget.Next, userData: 7);
        var seen = new List<DrmEvent>();

        await foreach (var shown in screen.Card.Events)
        {
            seen.Add(shown);
            await screen.Card.DisposeAsync();
        }

        Assert.Equal(7ul, Assert.IsType<VblankEvent>(Assert.Single(seen)).UserData);
    }

    [Fact]
    public async Task A_waiting_read_should_end_when_the_card_is_closed()
    {
        var card = await OpenAsync();
        var reading = card.ReadEventsAsync();

        await card.DisposeAsync();

        await RefusedAsync(Errno.EBADF, () => reading);
        await RefusedAsync(Errno.EBADF, () => card.VersionAsync());
    }

    [Fact]
    public async Task Waiting_calls_should_end_when_the_file_dies()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        var reading = screen.Card.ReadEventsAsync();

        screen.Card.File.Tell(Kill.Instance, ActorRefs.NoSender);

        await RefusedAsync(Errno.ENODEV, () => reading);
        await RefusedAsync(Errno.ENODEV, () => screen.Card.VersionAsync());
        await RefusedAsync(Errno.ENODEV, async () => await screen.Card.NextEventAsync());
    }

    [Fact]
    public async Task What_a_dead_file_held_should_come_back_and_another_be_master()
    {
        var killed = await Screen.LightAsync(await OpenAsync());
        using (var pixels = await killed.Buffer.MapAsync())
        {
            killed.Card.File.Tell(Kill.Instance, ActorRefs.NoSender);
            // Its memory stays while somebody has it mapped.
            pixels.Span.Fill(1);
        }

        await SettleAsync();
        var next = await Screen.LightAsync(await OpenAsync());
        await next.Card.PageFlipAsync(next.Crtc, next.Framebuffer);

        Assert.IsType<FlipCompleteEvent>(await Soon(next.Card.NextEventAsync()));
    }

    [Fact]
    public async Task Waiting_calls_should_end_when_the_host_is_shut_down()
    {
        var card = await OpenAsync();
        var reading = card.ReadEventsAsync();

        Assert.True((await Soon(Host.ShutdownAsync())).IsClean);

        var refused = await Assert.ThrowsAsync<DrmException>(() => Soon(reading));
        Assert.True(refused.Errno is Errno.EBADF or Errno.ENODEV);
        await Assert.ThrowsAsync<DrmException>(() => Soon(card.VersionAsync()));
        await Assert.ThrowsAnyAsync<Exception>(() => Soon(Host.OpenAsync()));
    }

    [Fact]
    public async Task What_is_still_mapped_at_the_shutdown_should_be_reported_and_stay_readable()
    {
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Time = TimeMode.Virtual });
        var card = await host.OpenAsync();
        var buffer = await card.CreateDumbAsync(64, 64);
        using var mapping = await buffer.MapAsync();
        mapping.Span.Fill(9);

        var report = await Soon(host.ShutdownAsync());

        Assert.False(report.IsClean);
        Assert.Equal((4, 1), (report.Pages, report.Mappings));
        Assert.Equal(-1, mapping.Span.IndexOfAnyExcept((byte)9));
    }
}
