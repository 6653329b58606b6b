using DrmActors.Hardware.Time;
using DrmActors.Messages;

namespace DrmActors.Hosting.Tests;

public sealed class TimeModeTests
{
    [Fact]
    public async Task Manual_time_should_stand_still_until_it_is_advanced()
    {
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Time = TimeMode.Manual });
        var clock = (VirtualClock)host.Clock;
        var card = await host.OpenAsync();
        await StepUntil(host, Screen.LightAsync(card));

        var armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        clock.Armed = () => armed.TrySetResult();
        var now = clock.Now;
        var waiting = card.WaitVblankAsync(VblankTarget.Relative(2));
        await armed.Task;
        Assert.False(waiting.IsCompleted);
        host.AdvanceTime(TimeSpan.FromMilliseconds(40));
        var reply = await waiting.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.InRange(reply.Time, now, now + 40_000_000);
        Assert.Equal(now + 40_000_000, clock.Now);
        Assert.True((await host.ShutdownAsync().WaitAsync(TimeSpan.FromSeconds(20))).IsClean);
    }

    [Fact]
    public async Task Manual_time_should_not_keep_a_shutdown_waiting()
    {
        var host = await DrmHost.StartAsync(new DrmHostOptions { Time = TimeMode.Manual });
        var card = await host.OpenAsync();
        var screen = await StepUntil(host, Screen.LightAsync(card));
        await card.PageFlipAsync(screen.Crtc, screen.Framebuffer);

        var report = await host.ShutdownAsync().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.True(report.IsClean);
    }

    [Fact]
    public async Task Real_time_should_bring_vblanks_at_the_modes_rate()
    {
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Time = TimeMode.Real });
        await using var card = await host.OpenAsync();
        var screen = await Screen.LightAsync(card);

        var first = await card.WaitVblankAsync(VblankTarget.Next);
        var last = await card.WaitVblankAsync(VblankTarget.Absolute(first.Sequence + 6));

        // An overloaded machine is late, never early.
        Assert.True(last.Sequence - first.Sequence >= 6);
        Assert.True(host.Clock.Now >= last.Time);
        Assert.Equal((last.Sequence - first.Sequence) / (double)screen.Mode.VRefresh, (last.Time - first.Time) / 1e9, tolerance: 0.01);
    }

    [Theory]
    [InlineData(TimeMode.Real)]
    [InlineData(TimeMode.Virtual)]
    public async Task Only_manual_time_should_be_advanced_from_outside(TimeMode mode)
    {
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Time = mode });

        Assert.Throws<InvalidOperationException>(() => host.AdvanceTime(TimeSpan.FromSeconds(1)));
    }

    private static async Task<T> StepUntil<T>(DrmHost host, Task<T> task)
    {
        for (; !task.IsCompleted; await Task.Yield())
            host.AdvanceTime(TimeSpan.FromMilliseconds(1));
        return await task;
    }
}
