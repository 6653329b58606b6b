using System.Diagnostics;
using System.Globalization;
using Akka.Actor;
using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Bench;

/// <summary>What a host sees: buffers and page flips through the host API.</summary>
internal static class HostBenchmarks
{
    private const int Calls = 20_000;
    private const int Rounds = 5;
    private const uint Side64K = 128;
    private const uint Side4K = 32;

    public static IEnumerable<BenchRow> Run()
    {
        foreach (var clients in new[] { 1, 8 })
            yield return CreateAndClose(clients).GetAwaiter().GetResult();
        yield return Flips().GetAwaiter().GetResult();
        foreach (var row in LiveBuffers().GetAwaiter().GetResult())
            yield return row;
    }

    private static async Task<BenchRow> CreateAndClose(int clients)
    {
        await using var host = await Start(arena: 1L << 30);
        using var bare = new BareActors(clients);
        var cards = new DrmCard[clients];
        for (var i = 0; i < clients; i++)
            cards[i] = await host.OpenAsync();
        var (ours, theirs) = (new List<double>(), new List<double>());
        // The first rounds let the JIT settle.
        for (var round = 0; round < Rounds * 2; round++)
        {
            theirs.Add(await Measure(clients, bare.CreateAndStop));
            ours.Add(await Measure(clients, async i =>
            {
                var made = await cards[i].CallAsync(new ModeCreateDumb(Side64K, Side64K, 32));
                await cards[i].CallAsync(new GemClose(made.Value!.Handle));
            }));
        }

        var (mine, yardstick) = (Median(ours.Skip(Rounds)), Median(theirs.Skip(Rounds)));
        return new(
            $"MODE_CREATE_DUMB + GEM_CLOSE, 64 KiB, {clients} client{(clients == 1 ? "" : "s")}",
            "two Asks, creating and stopping an empty actor",
            mine / yardstick,
            1.5,
            $"at most; {mine * 1e6:f1} us a pair against {yardstick * 1e6:f1}");
    }

    private static async Task<BenchRow> Flips()
    {
        const int Flips = 50_000;
        await using var host = await Start(arena: 1L << 28);
        await using var card = await host.OpenAsync();
        var resources = await card.GetResourcesAsync();
        var connector = await card.GetConnectorAsync(resources.Connectors[0]);
        var (crtc, mode) = (resources.Crtcs[0], connector.Modes[0]);
        var framebuffers = new FramebufferId[2];
        for (var i = 0; i < 2; i++)
            framebuffers[i] = await card.AddFbAsync(await card.CreateDumbAsync(mode.HDisplay, mode.VDisplay));
        await card.SetCrtcAsync(crtc, framebuffers[0], connector.Id, mode);
        var seconds = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Flips; i++)
            {
                await card.PageFlipAsync(crtc, framebuffers[i & 1]);
                await card.NextEventAsync();
            }

            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds / Flips);
        }

        var each = Median(seconds.Skip(1));
        return new("page flips a second, virtual time", "none", 1 / each, 50_000, $"at least; {each * 1e6:f1} us a flip and its event");
    }

    private static async Task<IEnumerable<BenchRow>> LiveBuffers()
    {
        const int Few = 1_000;
        const int Many = 100_000;
        await using var host = await Start(arena: 1L << 30);
        await using var card = await host.OpenAsync();
        await Replace(card, await Make(card, Few));
        var few = await Make(card, Few);
        var atFew = await Replace(card, few);
        await Close(few);

        var (managed, native) = (GC.GetTotalMemory(forceFullCollection: true), AnonymousBytes());
        var many = await Make(card, Many);
        managed = GC.GetTotalMemory(forceFullCollection: true) - managed;
        native = AnonymousBytes() - native;
        var atMany = await Replace(card, many);
        await Close(many);
        return
        [
            new(
                "overhead of a live 4 KiB buffer, bytes", "none", Math.Max(managed, native) / (double)Many, 1024,
                $"at most; managed {managed / Many}, resident beside the arena {native / Many}, of 100,000"),
            new(
                "creating and destroying among 100,000 live buffers", "the same among 1,000", atMany / atFew, 1.5,
                $"at most; {atMany * 1e6:f1} us against {atFew * 1e6:f1}"),
        ];
    }

    private static async Task<DrmBuffer[]> Make(DrmCard card, int count)
    {
        var buffers = new DrmBuffer[count];
        for (var i = 0; i < count; i++)
            buffers[i] = await card.CreateDumbAsync(Side4K, Side4K);
        return buffers;
    }

    // Seconds a buffer: random ones of those that are live are replaced.
    private static async Task<double> Replace(DrmCard card, DrmBuffer[] buffers)
    {
        var random = new Random(1);
        var start = Stopwatch.GetTimestamp();
        for (var call = 0; call < Calls; call++)
        {
            var i = random.Next(buffers.Length);
            await buffers[i].DisposeAsync();
            buffers[i] = await card.CreateDumbAsync(Side4K, Side4K);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / Calls;
    }

    private static async Task Close(DrmBuffer[] buffers)
    {
        foreach (var buffer in buffers)
            await buffer.DisposeAsync();
    }

    private static Task<DrmHost> Start(long arena) =>
        DrmHost.StartAsync(new DrmHostOptions { Boards = { "rk3399" }, Time = TimeMode.Virtual, ArenaSize = arena });

    // Seconds a call, all clients at once.
    private static async Task<double> Measure(int clients, Func<int, Task> call)
    {
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, clients).Select(i => Task.Run(async () =>
        {
            for (var done = 0; done < Calls / clients; done++)
                await call(i);
        })));
        return Stopwatch.GetElapsedTime(start).TotalSeconds / Calls;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }

    private static long AnonymousBytes()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        return long.Parse(line["RssAnon:".Length..^" kB".Length].Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
