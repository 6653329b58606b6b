using System.Collections.Immutable;
using Akka.Actor;
using DrmActors.Hardware.Scanout;
using DrmActors.Hosting;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Bench;

/// <summary>Tests of atomic commits: 10 properties of a plane, its CRTC and its connector.</summary>
internal static class AtomicBenchmarks
{
    private const int Calls = 100_000;
    private const int Rounds = 9;

    public static IEnumerable<BenchRow> Run()
    {
        yield return TestOnly().GetAwaiter().GetResult();
        yield return Flat().GetAwaiter().GetResult();
    }

    private static async Task<BenchRow> TestOnly()
    {
        await using var host = await DrmHost.StartAsync(new DrmHostOptions { Boards = { "rk3399" }, Time = TimeMode.Virtual, ArenaSize = 1L << 28 });
        await using var card = await host.OpenAsync();
        var resources = await card.GetResourcesAsync();
        var connector = await card.GetConnectorAsync(resources.Connectors[0]);
        var (crtc, mode) = (resources.Crtcs[0], connector.Modes[0]);
        var framebuffer = await card.AddFbAsync(await card.CreateDumbAsync(mode.HDisplay, mode.VDisplay));
        await card.SetCrtcAsync(crtc, framebuffer, connector.Id, mode);
        await card.SetClientCapAsync(ClientCapability.Atomic, 1);
        await card.SetClientCapAsync(ClientCapability.UniversalPlanes, 1);
        PlaneId primary = default;
        foreach (var plane in (await card.CallAsync(new ModeGetPlaneResources())).Value!.Planes)
            if ((await card.CallAsync(new ModeGetPlane(plane))).Value!.Crtc == crtc)
                primary = plane;
        var test = Request(primary, crtc, connector.Id, framebuffer, mode);
        await using var bare = new BareAsk();
        var (mine, yardstick) = await Interleaved.Medians(
            Rounds,
            async () =>
            {
                for (var i = 0; i < Calls; i++)
                    if (!(await card.CallAsync(test)).Ok)
                        throw new InvalidOperationException("the test was refused");
            },
            async () =>
            {
                for (var i = 0; i < Calls; i++)
                    await bare.AskAsync(test);
            });
        return new(
            "MODE_ATOMIC, TEST_ONLY, 10 properties of 3 objects", "an Ask of an empty actor", mine / yardstick, 2,
            $"at most; {mine / Calls * 1e6:f2} us against {yardstick / Calls * 1e6:f2}");
    }

    private static async Task<BenchRow> Flat()
    {
        var (one, many) = (Lit(1, out var small), Lit(64, out var large));
        var (wide, narrow) = await Interleaved.Medians(Rounds, () => Repeat(many, large), () => Repeat(one, small));
        return new(
            "checking it on a device of 64 CRTCs", "on a device of one", wide / narrow, 1.25,
            $"at most; {wide / Calls * 1e9:f0} ns against {narrow / Calls * 1e9:f0}");
    }

    private static Task Repeat(KmsState state, ModeAtomic test)
    {
        for (var i = 0; i < Calls; i++)
            if (!AtomicRequest.Test(state, test, lease: null).Ok)
                throw new InvalidOperationException("the test was refused");
        return Task.CompletedTask;
    }

    // The last CRTC is lit: what looks for it from the first one on would find it late.
    private static KmsState Lit(int crtcs, out ModeAtomic test)
    {
        ImmutableArray<uint> formats = [Fourcc.Xrgb8888];
        var config = new ModeConfig { MinWidth = 0, MinHeight = 0, MaxWidth = 4096, MaxHeight = 4096 };
        for (var i = 0; i < crtcs; i++)
            config = config
                .AddPlane(PlaneType.Primary, uint.MaxValue, formats, out var plane)
                .AddCrtc(plane, 4096, 4096, 0, 256, out _)
                .AddEncoder(EncoderType.Virtual, uint.MaxValue, out var encoder)
                .AddConnector(ConnectorType.Virtual, [encoder], 0, out _);
        var mode = new ModeInfo { Clock = 65000, HDisplay = 1024, HSyncStart = 1048, HSyncEnd = 1184, HTotal = 1344, VDisplay = 768, VSyncStart = 771, VSyncEnd = 777, VTotal = 806 };
        var state = KmsState.Reset(config).Add(
            new Framebuffer(default, 1, mode.HDisplay, mode.VDisplay, Fourcc.Xrgb8888, 0, FramebufferFlags.None, []), out var framebuffer);
        var (crtc, connector) = (config.Crtcs[^1], config.Connectors[^1]);
        var draft = new CommitDraft(state);
        if (SetCrtcCheck.Build(draft, new ModeSetCrtc(crtc.Id, framebuffer, 0, 0, [connector.Id], mode)) != Errno.None)
            throw new InvalidOperationException("the screen was not lit");
        test = Request(crtc.Primary, crtc.Id, connector.Id, framebuffer, mode);
        return draft.Build();
    }

    internal static ModeAtomic Request(PlaneId plane, CrtcId crtc, ConnectorId connector, FramebufferId framebuffer, ModeInfo mode) => new(
        AtomicFlags.TestOnly,
        [
            new AtomicObject(plane.Value,
            [
                Of(StandardProperties.FbId, framebuffer.Value), Of(StandardProperties.CrtcId, crtc.Value),
                Of(StandardProperties.CrtcX, 0), Of(StandardProperties.CrtcY, 0),
                Of(StandardProperties.CrtcW, mode.HDisplay), Of(StandardProperties.CrtcH, mode.VDisplay),
                Of(StandardProperties.SrcW, (ulong)mode.HDisplay << 16), Of(StandardProperties.SrcH, (ulong)mode.VDisplay << 16),
            ]),
            new AtomicObject(crtc.Value, [Of(StandardProperties.Active, 1)]),
            new AtomicObject(connector.Value, [Of(StandardProperties.CrtcId, crtc.Value)]),
        ]);

    private static PropertyValue Of(Property property, ulong value) => new(property.Id, value);

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    private sealed class EchoProducer : IIndirectActorProducer
    {
        public Type ActorType => typeof(Echo);

        public ActorBase Produce() => new Echo();

        public void Release(ActorBase actor)
        {
        }
    }
}
