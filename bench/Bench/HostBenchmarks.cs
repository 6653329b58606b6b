using System.Globalization;
using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Bench;

/// <summary>What a host sees: buffers and page flips through the host API.</summary>
internal static class HostBenchmarks
{
    private const int Calls = 40_000;
    private const int Rounds = 7;
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
        var (mine, yardstick) = await Interleaved.Medians(
            Rounds,
            () => AllAtOnce(clients, async i =>
            {
                var made = await cards[i].CallAsync(new ModeCreateDumb(Side64K, Side64K, 32));
                await cards[i].CallAsync(new GemClose(made.Value!.Handle));
            }),
            () => AllAtOnce(clients, bare.CreateAndStop));
        return new(
            $"MODE_CREATE_DUMB + GEM_CLOSE, 64 KiB, {clients} client{(clients == 1 ? "" : "s")}",
            "two Asks, creating and stopping an empty actor",
            mine / yardstick,
            1.5,
            $"at most; {mine / Calls * 1e6:f2} us a pair against {yardstick / Calls * 1e6:f2}");
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
        var (seconds, _) = await Interleaved.Medians(
            Rounds,
            async () =>
            {
                for (var i = 0; i < Flips; i++)
                {
                    await card.PageFlipAsync(crtc, framebuffers[i & 1]);
                    await card.NextEventAsync();
                }
            },
            static () => Task.CompletedTask);
        var each = seconds / Flips;
        return new("page flips a second, virtual time", "none", 1 / each, 50_000, $"at least; {each * 1e6:f1} us a flip and its event");
    }

    private static async Task<IEnumerable<BenchRow>> LiveBuffers()
    {
        const int Few = 1_000;
        const int Many = 100_000;
        await using var host = await Start(arena: 1L << 30);
        await using var card = await host.OpenAsync();
        var pauses = TimeSpan.Zero;
        var (many, few) = await Interleaved.Medians(
            Rounds,
            async () =>
            {
                var before = GC.GetTotalPauseDuration();
                await Close(await Make(card, Many));
                pauses = GC.GetTotalPauseDuration() - before;
            },
            async () =>
            {
                for (var time = 0; time < Many / Few; time++)
                    await Close(await Make(card, Few));
            });
        var (managed, native) = (GC.GetTotalMemory(forceFullCollection: true), AnonymousBytes());
        var buffers = await Make(card, Many);
        managed = GC.GetTotalMemory(forceFullCollection: true) - managed;
        native = AnonymousBytes() - native;
        await Close(buffers);
        return
        [
            new(
                "overhead of a live 4 KiB buffer, bytes", "none", Math.Max(managed, native) / (double)Many, 1024,
                $"at most; managed {managed / Many}, resident beside the arena {native / Many}, of 100,000"),
            new(
                "creating and destroying a buffer, of 100,000", "the same of 1,000", many / few, 1.5,
                $"at most; {many / Many * 1e6:f1} us, of them {pauses.TotalMicroseconds / Many:f1} for the collector, against {few / Many * 1e6:f1}"),
        ];
    }

    private static async Task<DrmBuffer[]> Make(DrmCard card, int count)
    {
        var buffers = new DrmBuffer[count];
        for (var i = 0; i < count; i++)
            buffers[i] = await card.CreateDumbAsync(Side4K, Side4K);
        return buffers;
    }

    private static async Task Close(DrmBuffer[] buffers)
    {
        foreach (var buffer in buffers)
            await buffer.DisposeAsync();
    }

    private static Task<DrmHost> Start(long arena) =>
        DrmHost.StartAsync(new DrmHostOptions { Boards = { "rk3399" }, Time = TimeMode.Virtual, ArenaSize = arena });

    private static Task AllAtOnce(int clients, Func<int, Task> call) =>
        Task.WhenAll(Enumerable.Range(0, clients).Select(i => Task.Run(async () =>
        {
            for (var done = 0; done < Calls / clients; done++)
                await call(i);
        })));

    private static long AnonymousBytes()
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith("RssAnon:", StringComparison.Ordinal));
        return long.Parse(line["RssAnon:".Length..^" kB".Length].Trim(), CultureInfo.InvariantCulture) * 1024;
    }
}
