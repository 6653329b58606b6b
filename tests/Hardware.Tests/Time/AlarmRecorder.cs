using System.Collections.Concurrent;
using DrmActors.Hardware.Time;

namespace DrmActors.Hardware.Tests.Time;

/// <summary>Keeps what rang, in order; and when, by the clock.</summary>
internal sealed class AlarmRecorder(AlarmClock clock) : IAlarmSink
{
    private readonly SemaphoreSlim _rung = new(0);

    internal ConcurrentQueue<(long Due, long Cookie, long At)> Rings { get; } = new();

    internal IEnumerable<long> Cookies => Rings.Select(ring => ring.Cookie);

    /// <summary>Runs inside the ringing, after it was recorded.</summary>
    internal Action<long>? OnRing { get; set; }

    public void Ring(long due, long cookie)
    {
        Rings.Enqueue((due, cookie, clock.Now));
        OnRing?.Invoke(cookie);
        _rung.Release();
    }

    internal void WaitFor(int rings)
    {
        for (var i = 0; i < rings; i++)
            Assert.True(_rung.Wait(TimeSpan.FromSeconds(30)), $"only {i} of {rings} alarms rang");
    }
}
