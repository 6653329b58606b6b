using DrmActors.Hardware.Time;

namespace DrmActors.Hardware.Tests.Time;

public sealed class AlarmTimerTests
{
    private readonly VirtualClock _clock = new();
    private readonly List<long> _ticks = [];

    [Fact]
    public void Timer_should_tick_on_the_grid_of_its_first_tick()
    {
        using var timer = Start(due: 10, period: 3);

        _clock.Advance(TimeSpan.FromMilliseconds(17));

        Assert.Equal([10, 13, 16], _ticks);
    }

    [Fact]
    public void Timer_should_tick_once_without_a_period()
    {
        using var timer = Start(due: 10, period: -1);

        _clock.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal([10], _ticks);
        Assert.Null(_clock.NextDue);
    }

    [Fact]
    public void Timer_should_forget_the_setting_before_when_it_is_changed()
    {
        using var timer = Start(due: 10, period: 3);
        _clock.Advance(TimeSpan.FromMilliseconds(11));

        Assert.True(timer.Change(TimeSpan.FromMilliseconds(20), Timeout.InfiniteTimeSpan));
        _clock.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal([10, 31], _ticks);
    }

    [Fact]
    public void Timer_should_ignore_a_ringing_that_a_change_overtook()
    {
        using var timer = Start(due: 10, period: -1);
        timer.Change(TimeSpan.FromMilliseconds(20), Timeout.InfiniteTimeSpan);

        ((IAlarmSink)timer).Ring(10, cookie: 1);
        Assert.Empty(_ticks);

        _clock.Advance(TimeSpan.FromMilliseconds(20));
        Assert.Equal([20], _ticks);
    }

    [Fact]
    public void Timer_should_not_tick_after_it_was_disposed_of()
    {
        var timer = Start(due: 10, period: 3);
        _clock.Advance(TimeSpan.FromMilliseconds(10));

        timer.Dispose();
        _clock.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal([10], _ticks);
        Assert.False(timer.Change(TimeSpan.Zero, TimeSpan.Zero));
    }

    [Fact]
    public void Timer_should_be_silent_when_it_has_no_due_time()
    {
        using var timer = Start(due: -1, period: 3);

        Assert.Null(_clock.NextDue);
    }

    [Fact]
    public void Timer_should_refuse_a_negative_time() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Start(due: -2, period: -1));

    private ITimer Start(int due, int period) =>
        _clock.CreateTimer(
            _ => _ticks.Add(_clock.Now / 1_000_000), null, TimeSpan.FromMilliseconds(due), TimeSpan.FromMilliseconds(period));
}
