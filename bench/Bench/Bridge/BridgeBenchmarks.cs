using System.Diagnostics;
using System.Globalization;
using DrmActors.Bridge;
using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Bench.Bridge;

/// <summary>The bridge from a client's side: a C program times each call beside its yardstick, once on one core and once free.</summary>
internal static class BridgeBenchmarks
{
    private const int Clients = 64;

    public static IEnumerable<BenchRow> Run()
    {
        foreach (var pinned in new[] { true, false })
            foreach (var row in Calls(pinned).GetAwaiter().GetResult())
                yield return row;
        yield return FirstFrame().GetAwaiter().GetResult();
        yield return Starvation().GetAwaiter().GetResult();
    }

    private static async Task<IEnumerable<BenchRow>> Calls(bool pinned)
    {
        await using var served = await Served.StartAsync("rk3399", 1);
        // The whole of this process, the daemon's threads included, and the client that inherits it.
        using var place = pinned ? Placement.OneCore() : null;
        var figures = (await served.RunAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .ToDictionary(f => f[0], f => (Mine: Number(f[1]), Yardstick: Number(f[2])), StringComparer.Ordinal);
        var where = pinned ? ", one core" : ", free";
        BenchRow Ratio(string what, string name, string yardstick, double target) =>
            new(what + where, yardstick, figures[name].Mine / figures[name].Yardstick, target,
                $"at most; {figures[name].Mine / 1e3:f2} us against {figures[name].Yardstick / 1e3:f2}");
        BenchRow Extra(string what, string name, double target) =>
            new(what + where, "ns more than without the library", figures[name].Mine - figures[name].Yardstick, target,
                $"at most; {figures[name].Mine:f0} ns against {figures[name].Yardstick:f0}");
        var (mine, memfd) = figures["cycle-one"];
        var calls = figures["get-cap"].Yardstick * 4;
        return
        [
            Ratio("GET_CAP through the bridge", "get-cap", "64 bytes to another process and back", pinned ? 1.5 : 1.2),
            Ratio("a 1080p buffer made, mapped, touched and destroyed", "cycle-all", "the same with a memfd", 1.2),
            new($"the same, one page touched{where}", "a memfd's and four ping-pongs", mine / (memfd + calls), 1,
                $"at most; {mine / 1e3:f1} us against {(memfd + calls) / 1e3:f1}"),
            new($"writing a mapped 1080p buffer{where}", "a memfd's mapping", figures["write"].Yardstick / figures["write"].Mine, 0.98,
                $"at least; {figures["write"].Mine / 1e6:f2} ms against {figures["write"].Yardstick / 1e6:f2}"),
            Extra("a stat of another path", "path", 100),
            Extra("an ioctl of another descriptor", "ioctl", 20),
        ];
    }

    private static async Task<BenchRow> FirstFrame()
    {
        var lit = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var served = await Served.StartAsync("rk3399", 1, call =>
        {
            if (call is { Call: ModeSetCrtc, Errno: Errno.None })
                lit.TrySetResult(Stopwatch.GetTimestamp());
        });
        var start = Stopwatch.GetTimestamp();
        using var modetest = served.Start("modetest", ["-M", "rockchip", "-s", "52@37:1920x1080"]);
        var milliseconds = Stopwatch.GetElapsedTime(start, await lit.Task).TotalMilliseconds;
        modetest.StandardInput.Close();
        await modetest.WaitForExitAsync();
        return new("modetest from its start to its first frame, ms", "-", milliseconds, 1000, "at most; with a daemon that runs");
    }

    private static async Task<BenchRow> Starvation()
    {
        await using var served = await Served.StartAsync("vkms", Clients);
        var clients = Enumerable.Range(0, Clients).Select(i => served.RunAsync($"/dev/dri/card{i}", "4")).ToList();
        var rates = (await Task.WhenAll(clients)).Select(output => Number(output.Split(' ')[1]) / 4).Order().ToList();
        return new($"{Clients} clients flipping, each its CRTC: the slowest", "the median client", rates[0] / rates[Clients / 2], 0.5,
            $"at least; {rates[0]:f1} flips a second, {rates[Clients / 2]:f1}, the fastest {rates[^1]:f1}");
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
