using DrmActors.Hardware.Native;
using DrmActors.Hardware.Time;

namespace DrmActors.Bench;

/// <summary>How late a vblank's alarm rings, against a bare loop of clock_nanosleep to absolute times.</summary>
internal static class ClockBenchmarks
{
    private const long Period = 16_666_667;
    private const int Frames = 960;

    // While the JIT compiles what they run.
    private const int WarmUp = 30;

    public static IEnumerable<BenchRow> Run()
    {
        // Both at once, a millisecond apart: whatever disturbs the machine for longer than that disturbs both.
        using var clock = new RealClock();
        var start = clock.Now + (4 * Period);
        var alarms = new AlarmLoop(clock, start);
        var bare = new long[WarmUp + Frames];
        var thread = new Thread(() => RunBare(start + 1_000_000, bare)) { Name = "bare-loop" };
        thread.Start();
        thread.Join();
        alarms.Wait();

        var (ours, theirs) = (Percentile(alarms.Lateness, 0.99), Percentile(bare, 0.99));
        yield return new(
            "vblank lateness at 60 Hz, 99th percentile",
            "a bare clock_nanosleep loop",
            ours / theirs,
            1.5,
            $"at most; {ours:f0} us against {theirs:f0}, medians {Percentile(alarms.Lateness, 0.5):f0} and {Percentile(bare, 0.5):f0}");
    }

    private static void RunBare(long due, long[] lateness)
    {
        for (var i = 0; i < lateness.Length; i++, due += Period)
        {
            SystemTime.SleepUntil(due);
            lateness[i] = SystemTime.Monotonic - due;
        }
    }

    // In microseconds.
    private static double Percentile(long[] lateness, double which) =>
        lateness.Skip(WarmUp).Order().ElementAt((int)(Frames * which)) / 1000.0;

    private sealed class AlarmLoop : IAlarmSink
    {
        private readonly RealClock _clock;
        private readonly ManualResetEventSlim _done = new();

        internal AlarmLoop(RealClock clock, long start)
        {
            _clock = clock;
            clock.SetAlarm(start, this, 0);
        }

        internal long[] Lateness { get; } = new long[WarmUp + Frames];

        public void Ring(long due, long cookie)
        {
            Lateness[cookie] = _clock.Now - due;
            if (cookie + 1 < Lateness.Length)
                _clock.SetAlarm(due + Period, this, cookie + 1);
            else
                _done.Set();
        }

        internal void Wait() => _done.Wait();
    }
}
