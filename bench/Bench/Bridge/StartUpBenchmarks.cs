using System.Diagnostics;

namespace DrmActors.Bench.Bridge;

/// <summary><c>./drm run</c> as it is typed, from its start to its end, when it is already built.</summary>
internal static class StartUpBenchmarks
{
    private const int Runs = 20;
    private const double AtMostMilliseconds = 600;

    private static readonly (string What, string[] Program)[] Started =
    [
        ("./drm run of a program that ends at once, ms", ["--allow-unused", "--", "/bin/true"]),
        ("./drm run of a program that opens the card (drmdevice), ms", ["--", "drmdevice"]),
    ];

    public static IEnumerable<BenchRow> Run()
    {
        // Builds, where that is to be done yet.
        Milliseconds(Started[0].Program);
        var times = Started.Select(_ => new List<double>()).ToList();
        for (var run = 0; run < Runs; run++)
            for (var i = 0; i < Started.Length; i++)
                times[i].Add(Milliseconds(Started[i].Program));
        foreach (var ((what, _), all) in Started.Zip(times))
        {
            all.Sort();
            yield return new(what, "-", all[Runs / 2], AtMostMilliseconds, $"at most; the median of {Runs}, from {all[0]:f0} to {all[^1]:f0}");
        }
    }

    private static double Milliseconds(string[] program)
    {
        var start = new ProcessStartInfo(Path.Combine(Root(), "drm"), ["run", .. program])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        var before = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? Stopwatch.GetElapsedTime(before).TotalMilliseconds
            : throw new InvalidOperationException($"drm run {string.Join(' ', program)} ended with {process.ExitCode}");
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "DrmActors.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The benchmarks do not run inside the repository.");
        return folder.FullName;
    }
}
