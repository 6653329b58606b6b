using DrmActors.Hardware.Time;

namespace DrmActors.Hardware.Tests.Time;

public sealed class RealClockTests : IDisposable
{
    private const long Millisecond = 1_000_000;

    private readonly RealClock _clock = new();
    private readonly AlarmRecorder _recorder;

    public RealClockTests()
    {
        _recorder = new(_clock);
    }

    public void Dispose() => _clock.Dispose();

    [Fact]
    public void Real_clock_should_never_ring_early()
    {
        var start = _clock.Now;
        for (var i = 0; i < 200; i++)
            _clock.SetAlarm(start + (i * 7919L % 200 * Millisecond / 4), _recorder, i);

        _recorder.WaitFor(200);

        Assert.All(_recorder.Rings, ring => Assert.True(ring.At >= ring.Due, $"{ring.Due - ring.At} ns early"));
    }

    [Fact]
    public void Real_clock_should_ring_a_past_alarm_but_not_inside_the_call_that_sets_it()
    {
        var caller = Environment.CurrentManagedThreadId;
        var ringer = 0;
        _recorder.OnRing = _ => ringer = Environment.CurrentManagedThreadId;

        _clock.SetAlarm(-5, _recorder, 1);
        _recorder.WaitFor(1);

        Assert.NotEqual(caller, ringer);
    }

    [Fact]
    public void Real_clock_should_let_a_nearer_alarm_overtake_the_one_it_waits_for()
    {
        var far = _clock.SetAlarm(long.MaxValue, _recorder, 1);
        _clock.SetAlarm(_clock.Now + Millisecond, _recorder, 2);

        _recorder.WaitFor(1);
        far.Cancel();

        Assert.Equal([2], _recorder.Cookies);
    }

    [Fact]
    public void Real_clock_should_keep_ringing_when_a_sink_sets_the_next_alarm()
    {
        _recorder.OnRing = cookie =>
        {
            if (cookie < 50)
                _clock.SetAlarm(_clock.Now + (Millisecond / 10), _recorder, cookie + 1);
        };

        _clock.SetAlarm(_clock.Now, _recorder, 1);

        _recorder.WaitFor(50);
        Assert.Equal(Enumerable.Range(1, 50).Select(i => (long)i), _recorder.Cookies);
    }

    [Fact]
    public void Real_clock_should_ring_each_alarm_once_or_not_at_all_while_others_cancel()
    {
        const int each = 5_000;
        Parallel.For(0, 4, thread =>
        {
            for (var i = 0; i < each; i++)
            {
                // Due about now: ringing and cancelling meet.
                var alarm = _clock.SetAlarm(_clock.Now + (i % 20 * 1_000), _recorder, (thread * each) + i);
                if (i % 2 == 1)
                    alarm.Cancel();
            }
        });
        _clock.SetAlarm(_clock.Now + Millisecond, _recorder, -1);

        while (!_recorder.Cookies.Contains(-1))
            _recorder.WaitFor(1);

        var cookies = _recorder.Cookies.ToArray();
        Assert.Equal(cookies.Distinct().Count(), cookies.Length);
        Assert.Equal(2 * each, cookies.Count(cookie => cookie >= 0 && cookie % 2 == 0));
    }

    [Fact]
    public void Real_clock_should_ring_nothing_after_it_was_disposed_of()
    {
        _clock.SetAlarm(_clock.Now + (3_600_000 * Millisecond), _recorder, 1);

        _clock.Dispose();
        _clock.SetAlarm(0, _recorder, 2).Cancel();
        _clock.Dispose();

        Assert.Empty(_recorder.Rings);
    }

    [Fact]
    public void Real_clock_should_let_a_sink_dispose_of_it()
    {
        _recorder.OnRing = _ => _clock.Dispose();

        _clock.SetAlarm(0, _recorder, 1);

        _recorder.WaitFor(1);
    }

    [Fact]
    public async Task Real_clock_should_run_a_timer_on_another_thread_than_its_own()
    {
        var own = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _recorder.OnRing = _ => own.SetResult(Environment.CurrentManagedThreadId);
        _clock.SetAlarm(0, _recorder, 1);
        var fired = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);

        using var timer = _clock.CreateTimer(
            _ => fired.SetResult(Environment.CurrentManagedThreadId), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);

        Assert.NotEqual(await own.Task, await fired.Task);
    }

    [Fact]
    public void Real_clock_should_tell_the_time_of_day()
    {
        var before = TimeProvider.System.GetUtcNow();
        var now = _clock.GetUtcNow();

        Assert.InRange(now, before.AddMilliseconds(-100), before.AddSeconds(30));
    }
}
