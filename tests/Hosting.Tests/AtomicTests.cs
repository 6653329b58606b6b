using System.Collections.Immutable;
using DrmActors.Kms;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;
using static DrmActors.Messages.AtomicFlags;

namespace DrmActors.Hosting.Tests;

/// <summary>MODE_ATOMIC through the host: each refusal with its errno, and what a commit leaves and tells.</summary>
public sealed class AtomicTests : HostTest
{
    /// <summary>What is asked, how, and what the answer is. Each is one request on a lit screen.</summary>
    public static TheoryData<string, AtomicFlags, Errno> Refusals => new()
    {
        { "nothing", None, Errno.None },
        { "unknown-flag", (AtomicFlags)0x8000, Errno.EINVAL },
        { "async-where-there-is-none", PageFlipAsync, Errno.EINVAL },
        { "nothing", TestOnly | PageFlipEvent, Errno.EINVAL },
        { "nothing", PageFlipEvent, Errno.EINVAL }, // an event of nothing
        { "reserved", None, Errno.EINVAL },
        { "cut", None, Errno.EFAULT },
        { "bad-object", None, Errno.ENOENT },
        { "bad-object-behind-cut", None, Errno.ENOENT },
        { "encoder", None, Errno.ENOENT },
        { "framebuffer-as-object", None, Errno.ENOENT },
        { "bad-property", None, Errno.ENOENT },
        { "property-of-another", None, Errno.ENOENT },
        { "immutable", None, Errno.EINVAL },
        { "out-of-range", None, Errno.EINVAL },
        { "bad-framebuffer", None, Errno.EINVAL },
        { "framebuffer-is-crtc", None, Errno.EINVAL },
        { "bad-crtc", None, Errno.EINVAL },
        { "crtc-without-framebuffer", None, Errno.EINVAL },
        { "framebuffer-without-crtc", None, Errno.EINVAL },
        { "plane-of-another-crtc", None, Errno.EINVAL },
        { "source-out", None, Errno.ENOSPC },
        { "target-overflows", None, Errno.ERANGE },
        { "scaled-too-far", None, Errno.ERANGE },
        { "mode-is-crtc", AllowModeset, Errno.EINVAL },
        { "mode-short", AllowModeset, Errno.EINVAL },
        { "mode-junk", AllowModeset, Errno.EINVAL },
        { "mode-too-large", AllowModeset, Errno.EINVAL },
        { "no-mode-while-active", AllowModeset, Errno.EINVAL },
        { "off", None, Errno.EINVAL }, // a modeset that is not allowed
        { "off", TestOnly | AllowModeset, Errno.None },
        { "off", AllowModeset | PageFlipEvent, Errno.None },
        { "connector-off-alone", AllowModeset, Errno.EINVAL },
        { "connector-out-of-reach", AllowModeset, Errno.EINVAL },
        { "dpms", AllowModeset, Errno.EINVAL },
        { "link-bad", AllowModeset, Errno.None },
        { "in-fence", None, Errno.EINVAL },
        { "in-fence-none", None, Errno.None },
        { "out-fence", TestOnly, Errno.None },
        { "out-fence-unreachable", TestOnly, Errno.EFAULT },
        { "gamma-of-another-size", None, Errno.EINVAL },
        { "gamma-odd", None, Errno.EINVAL },
        { "event-of-the-dark", PageFlipEvent | AllowModeset, Errno.EINVAL },
        { "same", None, Errno.None },
        { "same", NonBlock | PageFlipEvent, Errno.None },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task Atomic_should_answer(string what, AtomicFlags flags, Errno expected)
    {
        var screen = await LightAsync();
        var before = Seen(screen);
        var call = await Ask(screen, what) with { Flags = flags };

        var reply = await screen.Card.CallAsync(call);

        Assert.Equal(expected, reply.Errno);
        if (expected != Errno.None || flags.HasFlag(TestOnly))
            Assert.Equal((before.Crtcs, before.Planes, before.Connectors), (Seen(screen).Crtcs, Seen(screen).Planes, Seen(screen).Connectors));
        if (expected == Errno.None && flags.HasFlag(PageFlipEvent))
            Assert.Equal((7ul, screen.Crtc), Assert.IsType<FlipCompleteEvent>(await screen.Card.NextEventAsync()) is var e ? (e.UserData, e.Crtc) : default);
    }

    [Fact]
    public async Task Whoever_is_not_atomic_should_get_EINVAL_and_who_is_not_master_EACCES_first()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        var other = await OpenAsync();

        Assert.Equal(Errno.EINVAL, (await screen.Card.CallAsync(new ModeAtomic(TestOnly, []))).Errno);
        Assert.Equal(Errno.EACCES, (await other.CallAsync(new ModeAtomic(TestOnly, []))).Errno);
    }

    [Fact]
    public async Task Events_should_take_space_for_each_crtc_and_be_refused_without()
    {
        var screen = await LightAsync();
        for (var i = 0; i < 128; i++)
            Assert.Equal(Errno.None, (await screen.Card.CallAsync(new WaitVblank(VblankFlags.Relative | VblankFlags.Event, 1))).Errno);
        var flip = await Ask(screen, "same") with { Flags = NonBlock | PageFlipEvent };

        Assert.Equal(Errno.ENOMEM, (await screen.Card.CallAsync(flip)).Errno);
        Assert.Equal(Errno.ENOENT, (await screen.Card.CallAsync(await Ask(screen, "bad-object") with { Flags = flip.Flags })).Errno);
        await screen.Card.NextEventAsync();
        Assert.Equal(Errno.None, (await screen.Card.CallAsync(flip)).Errno);
    }

    private async Task<Screen> LightAsync()
    {
        var screen = await Screen.LightAsync(await OpenAsync());
        await screen.Card.SetClientCapAsync(ClientCapability.Atomic, 1);
        return screen;
    }

    private static KmsState Seen(Screen screen) => screen.Card.View.Snapshot;

    private async Task<ModeAtomic> Ask(Screen screen, string what)
    {
        var config = Seen(screen).Config;
        var (crtc, connector, primary) = (screen.Crtc.Value, screen.Connector.Id.Value, config.Crtcs[0].Primary.Value);
        var (fb, width) = (screen.Framebuffer.Value, (ulong)screen.Mode.HDisplay);
        var size = config.Crtcs[0].GammaSize;
        return what switch
        {
            "nothing" or "unknown-flag" or "async-where-there-is-none" => Request(),
            "reserved" => Request() with { Reserved = 1 },
            "cut" => Set(crtc, (StandardProperties.Active, 1)) with { IsCut = true },
            "bad-object" => Set(999_999, (StandardProperties.FbId, fb)),
            "bad-object-behind-cut" => Set(999_999) with { IsCut = true },
            "encoder" => Set(config.Encoders[0].Id.Value, (StandardProperties.Active, 1)),
            "framebuffer-as-object" => Set(fb, (StandardProperties.FbId, fb)),
            "bad-property" => Request(new AtomicObject(primary, [new PropertyValue(new PropertyId(999_999), 1)])),
            "property-of-another" => Set(primary, (StandardProperties.Active, 1)),
            "immutable" => Set(primary, (StandardProperties.PlaneType, 0)),
            "out-of-range" => Set(crtc, (StandardProperties.Active, 2)),
            "bad-framebuffer" => Set(primary, (StandardProperties.FbId, 424_242)),
            "framebuffer-is-crtc" => Set(primary, (StandardProperties.FbId, crtc)),
            "bad-crtc" => Set(primary, (StandardProperties.CrtcId, 424_242)),
            "crtc-without-framebuffer" => Set(primary, (StandardProperties.FbId, 0)),
            "framebuffer-without-crtc" => Set(primary, (StandardProperties.CrtcId, 0)),
            "plane-of-another-crtc" => Set(
                config.Crtcs[1].Primary.Value, (StandardProperties.FbId, fb), (StandardProperties.CrtcId, crtc),
                (StandardProperties.CrtcW, 8), (StandardProperties.CrtcH, 8), (StandardProperties.SrcW, 8 << 16), (StandardProperties.SrcH, 8 << 16)),
            "source-out" => Set(primary, (StandardProperties.SrcX, 1 << 16)),
            "target-overflows" => Set(primary, (StandardProperties.CrtcX, int.MaxValue)),
            "scaled-too-far" => Set(primary, (StandardProperties.CrtcW, width / 16)),
            "mode-is-crtc" => Set(crtc, (StandardProperties.ModeId, crtc)),
            "mode-short" => Set(crtc, (StandardProperties.ModeId, await Blob(screen, [.. new byte[60]]))),
            "mode-junk" => Set(crtc, (StandardProperties.ModeId, await Blob(screen, [.. new byte[68]]))),
            "mode-too-large" => Set(crtc, (StandardProperties.ModeId, await Blob(screen, BlobContents.OfMode(screen.Mode with { HDisplay = 5000, HSyncStart = 5008, HSyncEnd = 5016, HTotal = 5100 })))),
            "no-mode-while-active" => Set(crtc, (StandardProperties.ModeId, 0)),
            "off" => Set(crtc, (StandardProperties.Active, 0)),
            "connector-off-alone" => Set(connector, (StandardProperties.CrtcId, 0)),
            "connector-out-of-reach" => Set(connector, (StandardProperties.CrtcId, Reach(config, screen))),
            "dpms" => Set(connector, (StandardProperties.Dpms, 3)),
            "link-bad" => Set(connector, (StandardProperties.LinkStatus, 1)),
            "in-fence" => Set(primary, (StandardProperties.InFenceFd, 5)),
            "in-fence-none" => Set(primary, (StandardProperties.InFenceFd, ulong.MaxValue)),
            "out-fence" => Set(crtc, (StandardProperties.OutFencePtr, 0x1000)),
            "out-fence-unreachable" => Set(crtc, (StandardProperties.OutFencePtr, 0x1000)) with { Unreachable = [0x1000] },
            "gamma-of-another-size" => Set(crtc, (StandardProperties.GammaLut, await Blob(screen, [.. new byte[(size + 1) * 8]]))),
            "gamma-odd" => Set(crtc, (StandardProperties.GammaLut, await Blob(screen, [.. new byte[(size * 8) + 1]]))),
            "event-of-the-dark" => Set(config.Crtcs[1].Id.Value, (StandardProperties.Active, 0)),
            "same" => Set(crtc, (StandardProperties.Active, 1)),
            _ => throw new ArgumentException($"no such request: {what}", nameof(what)),
        };
    }

    // A mode that is none, where every CRTC reaches the connector.
    private static ulong Reach(ModeConfig config, Screen screen)
    {
        var connector = config.Find(screen.Connector.Id)!;
        return config.Crtcs.FirstOrDefault(c => connector.Encoders.All(e => !config.Find(e)!.IsFor(c)))?.Id.Value ?? config.Crtcs[1].Id.Value;
    }

    private static async Task<ulong> Blob(Screen screen, ImmutableArray<byte> bytes) =>
        (await screen.Card.CallAsync(new ModeCreatePropBlob(bytes))).Value!.Blob.Value;

    private static ModeAtomic Request(params AtomicObject[] objects) => new(None, [.. objects], UserData: 7);

    private static ModeAtomic Set(uint of, params (Property Property, ulong Value)[] values) =>
        Request(new AtomicObject(of, [.. values.Select(v => new PropertyValue(v.Property.Id, v.Value))]));
}
