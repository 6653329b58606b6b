using DrmActors.Hosting;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Bench;

/// <summary>Non-blocking flips of one client, as a compositor makes them: whichever CRTC has shown its frame gets the next one.</summary>
internal static class FlipBenchmarks
{
    private const int Flips = 20_000;
    private const int Rounds = 5;

    public static IEnumerable<BenchRow> Run()
    {
        yield return Rates().GetAwaiter().GetResult();
    }

    private static async Task<BenchRow> Rates()
    {
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { "wall" }, Time = TimeMode.Virtual, ArenaSize = 1L << 28 });
        await using var card = await host.OpenAsync();
        await card.SetClientCapAsync(ClientCapability.Atomic, 1);
        var screens = await LightAsync(card);
        List<double> alone = [], slowest = [];
        var (eight, one) = await Interleaved.Medians(
            Rounds,
            async () => slowest.Add((await FlipAsync(card, screens)).Min()),
            async () => alone.Add((await FlipAsync(card, screens[..1]))[0]));
        return new(
            "non-blocking flips under virtual time, 8 CRTCs: of the slowest", "of one CRTC alone",
            Interleaved.Median(slowest) / Interleaved.Median(alone), 0.8,
            $"at least; flips a vblank {slowest.Min():f3} to {slowest.Max():f3} and {alone.Min():f3} to {alone.Max():f3}; "
            + $"{eight / Flips / screens.Length * 1e6:f1} us a flip and {one / Flips * 1e6:f1}");
    }

    private static async Task<Screen[]> LightAsync(DrmCard card)
    {
        var resources = await card.GetResourcesAsync();
        var screens = new Screen[resources.Crtcs.Length];
        var framebuffers = new FramebufferId[2];
        for (var i = 0; i < screens.Length; i++)
        {
            var connector = await card.GetConnectorAsync(resources.Connectors[i]);
            var (crtc, mode) = (resources.Crtcs[i], connector.Modes[0]);
            for (var buffer = 0; i == 0 && buffer < 2; buffer++)
                framebuffers[buffer] = await card.AddFbAsync(await card.CreateDumbAsync(mode.HDisplay, mode.VDisplay));
            await card.SetCrtcAsync(crtc, framebuffers[0], connector.Id, mode);
            screens[i] = new Screen(crtc, []);
        }

        foreach (var plane in (await card.CallAsync(new ModeGetPlaneResources())).Value!.Planes)
            if ((await card.CallAsync(new ModeGetPlane(plane))).Value is { Crtc: { IsNone: false } on })
                foreach (var framebuffer in framebuffers)
                    screens.Single(s => s.Crtc == on).Flips.Add(Flip(plane, framebuffer));
        return screens;
    }

    private static ModeAtomic Flip(PlaneId plane, FramebufferId framebuffer) => new(
        AtomicFlags.NonBlock | AtomicFlags.PageFlipEvent,
        [new AtomicObject(plane.Value, [new PropertyValue(StandardProperties.FbId.Id, framebuffer.Value)])]);

    /// <returns>The frames that each screen showed a vblank: 1 where it missed none.</returns>
    private static async Task<double[]> FlipAsync(DrmCard card, Screen[] screens)
    {
        var first = new uint[screens.Length];
        var last = new uint[screens.Length];
        var done = new int[screens.Length];
        foreach (var screen in screens)
            await FlipAsync(card, screen, 0);
        for (var left = screens.Length; left > 0;)
        {
            foreach (var shown in await card.ReadEventsAsync())
            {
                var flip = (FlipCompleteEvent)shown;
                var i = Array.FindIndex(screens, s => s.Crtc == flip.Crtc);
                last[i] = flip.Sequence;
                if (done[i] == 0)
                    first[i] = flip.Sequence;
                if (++done[i] <= Flips)
                    await FlipAsync(card, screens[i], done[i]);
                else
                    left--;
            }
        }

        return [.. screens.Select((_, i) => Flips / (double)(last[i] - first[i]))];
    }

    private static async Task FlipAsync(DrmCard card, Screen screen, int number)
    {
        var reply = await card.CallAsync(screen.Flips[number % 2]);
        if (!reply.Ok)
            throw new InvalidOperationException($"{screen.Crtc} was not flipped: {reply.Errno}");
    }

    private sealed record Screen(CrtcId Crtc, List<ModeAtomic> Flips);
}
