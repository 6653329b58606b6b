using System.Diagnostics;
using static DrmActors.Cli.Tests.Commands;

namespace DrmActors.Cli.Tests.Faults;

/// <summary>A C client (of clients/) in one of its scenarios, and what the kernel tells of it from outside.</summary>
internal sealed class Watched(Process process) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static Watched Start(Programs programs, Server server, string scenario, string client = "orphan")
    {
        var headers = Path.Combine(AppContext.BaseDirectory, "clients");
        var program = programs.Compile($"{client}-{scenario}", File.ReadAllText(Path.Combine(headers, client + ".c")), "-I" + headers, "-I/usr/include/libdrm", "-pthread");
        return new Watched(server.Start(program, scenario));
    }

    /// <summary>Until it says a word.</summary>
    public void Expect(string word)
    {
        if (process.StandardOutput.ReadLine() is { } line && line == word)
            return;
        Assert.Fail(process.StandardError.ReadToEnd());
    }

    public void Say(string word)
    {
        process.StandardInput.Write(word);
        process.StandardInput.Flush();
    }

    public void Signal(string signal) => Run("kill", [$"-{signal}", $"{process.Id}"], "");

    /// <summary>Until it has so many threads, and all of them sleep.</summary>
    public void AwaitSleep(int threads = 1) => Await(() => States(process.Id) is var states && states.Length == threads && states.All(s => s == 'S'), "sleeps");

    /// <summary>Until so many of its threads have been awake and slept again a few times: they have looked for a dead daemon, and found none.</summary>
    public void AwaitPatience(int threads)
    {
        var before = Sleeps();
        Await(() => Sleeps().Count(now => now.Value >= before[now.Key] + 2) >= threads, "waits patiently");
    }

    /// <summary>Until all threads of another process are stopped.</summary>
    public static void AwaitStop(int processId) => Await(() => States(processId).All(s => s == 'T'), "stops");

    /// <summary>Its end, and a clean one.</summary>
    public void EndsWell()
    {
        Assert.True(process.WaitForExit(Patience), "the client does not end");
        Assert.True(process.ExitCode == 0, $"{process.ExitCode}: {process.StandardError.ReadToEnd()}");
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
    }

    private Dictionary<string, long> Sleeps() => Tasks(process.Id).ToDictionary(
        task => task,
        task => long.Parse(File.ReadLines(Path.Combine(task, "status")).First(l => l.StartsWith("voluntary", StringComparison.Ordinal)).Split('\t')[1]),
        StringComparer.Ordinal);

    // Behind the name, which is in parentheses.
    private static char[] States(int processId) => [.. Tasks(processId).Select(task => File.ReadAllText(Path.Combine(task, "stat")) is var stat ? stat[stat.LastIndexOf(')') + 2] : ' ')];

    private static string[] Tasks(int processId) => Directory.GetDirectories($"/proc/{processId}/task");

    private static void Await(Func<bool> holds, string what)
    {
        var start = Stopwatch.GetTimestamp();
        while (!Holds(holds))
            if (Stopwatch.GetElapsedTime(start) < Patience)
                Thread.Yield();
            else
                Assert.Fail($"nothing {what}");
    }

    // A thread may end while it is looked at.
    private static bool Holds(Func<bool> holds)
    {
        try
        {
            return holds();
        }
        catch (IOException)
        {
            return false;
        }
    }
}
