using System.Diagnostics;

namespace DrmActors.Bench;

/// <summary>Times two things in turn, so that both see the same machine.</summary>
internal static class Interleaved
{
    /// <summary>Medians in seconds; the first round warms up and does not count.</summary>
    public static async Task<(double Subject, double Yardstick)> Medians(int rounds, Func<Task> subject, Func<Task> yardstick)
    {
        var subjects = new List<double>();
        var yardsticks = new List<double>();
        for (var round = 0; round <= rounds; round++)
        {
            var first = await Seconds(yardstick);
            var second = await Seconds(subject);
            if (round == 0)
                continue;
            yardsticks.Add(first);
            subjects.Add(second);
        }
        return (Median(subjects), Median(yardsticks));
    }

    public static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }

    private static async Task<double> Seconds(Func<Task> work)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
