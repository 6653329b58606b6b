namespace DrmActors.Hardware.Native;

/// <summary>The system's clocks, in nanoseconds.</summary>
internal static unsafe class SystemTime
{
    internal const long Second = 1_000_000_000;

    /// <summary>CLOCK_MONOTONIC, the clock of vblank time stamps.</summary>
    internal static long Monotonic => Read(Libc.ClockMonotonic);

    /// <summary>Since 1970-01-01 UTC.</summary>
    internal static long Wall => Read(Libc.ClockRealtime);

    /// <summary>Blocks this thread until CLOCK_MONOTONIC has come to <paramref name="due"/>.</summary>
    // SAFETY: as Read.
    internal static void SleepUntil(long due)
    {
        var until = new Libc.TimeSpec { Seconds = due / Second, Nanoseconds = due % Second };
        while (Libc.Sleep(Libc.ClockMonotonic, Libc.TimerAbsolute, &until, null) != 0)
        {
            // A signal; the time is absolute, so it is simply asked for again.
        }
    }

    // SAFETY: the struct is a local, so it lives on this stack until the call has returned.
    private static long Read(int clock)
    {
        Libc.TimeSpec time;
        _ = Libc.GetTime(clock, &time);
        return (time.Seconds * Second) + time.Nanoseconds;
    }
}
