using DrmActors.Hardware.Time;

namespace DrmActors.Hardware.Tests.Time;

public sealed class VirtualClockTests
{
    private readonly VirtualClock _clock = new(1_000);
    private readonly AlarmRecorder _recorder;

    public VirtualClockTests()
    {
        _recorder = new(_clock);
    }

    [Fact]
    public void Virtual_clock_should_ring_in_the_order_of_due_then_sequence()
    {
        _clock.SetAlarm(3_000, _recorder, 1);
        _clock.SetAlarm(2_000, _recorder, 2);
        _clock.SetAlarm(3_000, _recorder, 3);
        _clock.SetAlarm(2_000, _recorder, 4);

        _clock.AdvanceTo(2_999);
        Assert.Equal([2, 4], _recorder.Cookies);

        _clock.Advance(1L);
        Assert.Equal([2, 4, 1, 3], _recorder.Cookies);
        Assert.Equal(3_000, _clock.Now);
    }

    [Fact]
    public void Virtual_clock_should_stand_at_the_due_time_while_an_alarm_rings()
    {
        _clock.SetAlarm(2_000, _recorder, 1);
        _clock.SetAlarm(4_000, _recorder, 2);

        _clock.AdvanceTo(10_000);

        Assert.Equal([(2_000, 1, 2_000), (4_000, 2, 4_000)], _recorder.Rings);
        Assert.Equal(10_000, _clock.Now);
    }

    [Fact]
    public void Virtual_clock_should_ring_what_a_ringing_sets_if_it_is_due_by_then()
    {
        _recorder.OnRing = cookie => _clock.SetAlarm(_clock.Now + 100, _recorder, cookie + 1);
        _clock.SetAlarm(2_000, _recorder, 1);
        _clock.SetAlarm(2_150, _recorder, 50);

        _clock.AdvanceTo(2_200);

        Assert.Equal([1, 2, 50, 3], _recorder.Cookies);
        Assert.Equal(2_250, _clock.NextDue);
    }

    [Fact]
    public void Virtual_clock_should_ring_an_overdue_alarm_at_the_next_advance_without_going_back()
    {
        _clock.SetAlarm(10, _recorder, 1);
        Assert.Empty(_recorder.Rings);

        _clock.Advance(TimeSpan.Zero);

        Assert.Equal([(10, 1, 1_000)], _recorder.Rings);
    }

    [Fact]
    public void Virtual_clock_should_advance_to_the_next_due_time_and_no_farther()
    {
        _clock.SetAlarm(5_000, _recorder, 1);
        _clock.SetAlarm(5_000, _recorder, 2);
        _clock.SetAlarm(6_000, _recorder, 3);

        Assert.True(_clock.AdvanceToNext());
        Assert.Equal([1, 2], _recorder.Cookies);
        Assert.Equal(5_000, _clock.Now);

        Assert.True(_clock.AdvanceToNext());
        Assert.False(_clock.AdvanceToNext());
        Assert.Equal(6_000, _clock.Now);
        Assert.Null(_clock.NextDue);
    }

    [Fact]
    public void Virtual_clock_should_say_that_an_alarm_was_set()
    {
        var said = new List<long?>();
        _clock.Armed = () => said.Add(_clock.NextDue);

        _clock.SetAlarm(7_000, _recorder, 1);
        _clock.SetAlarm(8_000, _recorder, 2);

        Assert.Equal([7_000, 7_000], said);
    }

    [Fact]
    public void Virtual_clock_that_runs_free_should_know_who_has_rung_and_set_nothing_since()
    {
        var other = new AlarmRecorder(_clock);
        _clock.SetAlarm(1_000, _recorder, 0);
        _clock.AdvanceToNext();
        Assert.Equal(0, _clock.Awaited);

        _clock.Armed = static () => { };
        _clock.SetAlarm(2_000, _recorder, 1);
        _clock.SetAlarm(2_000, other, 2);
        _clock.AdvanceToNext();
        Assert.Equal(2, _clock.Awaited);

        _clock.SetAlarm(3_000, _recorder, 3);
        _clock.SetAlarm(4_000, _recorder, 4);
        Assert.Equal(1, _clock.Awaited);

        _clock.AwaitNobody();
        Assert.Equal(0, _clock.Awaited);
    }

    [Fact]
    public void Virtual_clock_should_not_ring_a_cancelled_alarm()
    {
        var alarms = Enumerable.Range(0, 100).Select(i => _clock.SetAlarm(2_000 + (i * 7919 % 100), _recorder, i)).ToArray();
        foreach (var alarm in alarms.Where((_, i) => i % 3 == 0))
        {
            alarm.Cancel();
            alarm.Cancel();
        }

        _clock.AdvanceTo(3_000);

        var expected = Enumerable.Range(0, 100).Where(i => i % 3 != 0).OrderBy(i => i * 7919 % 100).Select(i => (long)i);
        Assert.Equal(expected, _recorder.Cookies);
        alarms[1].Cancel();
    }

    [Fact]
    public void Virtual_clock_should_ring_each_alarm_once_in_order_while_two_threads_advance()
    {
        for (var i = 0; i < 10_000; i++)
            _clock.SetAlarm(2_000 + (i * 7919L % 10_007), _recorder, i);

        Parallel.For(0, 2, _ =>
        {
            while (_clock.AdvanceToNext())
            {
            }
        });

        var dues = _recorder.Rings.Select(ring => ring.Due).ToArray();
        Assert.Equal(10_000, dues.Length);
        Assert.Equal(dues.Order(), dues);
    }

    [Fact]
    public async Task Virtual_clock_should_serve_as_a_time_provider()
    {
        Assert.Equal(1_000, _clock.GetTimestamp());
        Assert.Equal(TimeSpan.FromTicks(10), _clock.GetElapsedTime(0, 1_000));
        var delay = Task.Delay(TimeSpan.FromSeconds(2), _clock);

        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(delay.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await delay;
        Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(2).AddTicks(10), _clock.GetUtcNow());
    }
}
