using System.Collections.Immutable;
using DrmActors.Kms;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;
using DrmActors.Simulation.Schedules;

namespace DrmActors.Simulation.Workloads.Calls;

/// <summary>What an atomic request of a workload is about.</summary>
internal enum AtomicWish
{
    /// <summary>Another framebuffer on the primary plane of a CRTC.</summary>
    Flip,

    /// <summary>A plane somewhere else, perhaps beyond what it can.</summary>
    Move,

    /// <summary>A CRTC with mode, connector and primary plane.</summary>
    Light,

    /// <summary>All of that off.</summary>
    Dark,

    /// <summary>ACTIVE as the value says.</summary>
    Active,

    /// <summary>A connector to another CRTC, or to none.</summary>
    Reroute,

    /// <summary>Any property of any object, with any value.</summary>
    Any,
}

/// <summary>MODE_ATOMIC by a client that has just said that it is atomic, legal and illegal.</summary>
/// <param name="Fitting">With a framebuffer of the size of what is lit; else with any.</param>
internal sealed record AtomicCall(
    AtomicWish Wish, int Crtc, int Connector, int Plane, int Slot, int Property, int Value, bool Fitting, AtomicFlags Flags) : WorkloadCall
{
    private const uint Side = 32;

    public static AtomicCall Draw(Seed seed)
    {
        var flags = seed.OneIn(4) ? AtomicFlags.TestOnly : AtomicFlags.None;
        if (seed.OneIn(2))
            flags |= AtomicFlags.NonBlock;
        if (seed.OneIn(3))
            flags |= AtomicFlags.PageFlipEvent;
        if (!seed.OneIn(4))
            flags |= AtomicFlags.AllowModeset;
        if (seed.OneIn(40))
            flags |= AtomicFlags.PageFlipAsync;
        var wishes = Enum.GetValues<AtomicWish>();
        // Half of them flips, as with compositors.
        var wish = seed.OneIn(2) ? AtomicWish.Flip : wishes[seed.Below(wishes.Length)];
        return new(wish, Slots.Draw(seed), Slots.Draw(seed), Slots.Draw(seed), Slots.Draw(seed), Slots.Draw(seed), seed.Below(1000) - 20, !seed.OneIn(5), flags);
    }

    public override async Task<Errno> RunAsync(WorkloadClient client)
    {
        if (client.Facts is not { Primaries.IsEmpty: false } facts)
            return Errno.EAGAIN;
        await client.ErrnoAsync(new SetClientCap(ClientCapability.Atomic, 1));
        var framebuffer = Fitting && client.Lit is { } lit ? client.Framebuffers.At(Slot, f => f.IsOfSizeOf(lit.Shown)) : client.Framebuffers.At(Slot);
        return Wish switch
        {
            AtomicWish.Flip => await Commit(client, Set(facts.Primary(Crtc).Value, (StandardProperties.FbId, framebuffer?.Id.Value ?? (ulong)Value))),
            AtomicWish.Move => await Commit(client, Set(facts.Plane(Plane).Value, Place(facts.Crtc(Crtc), framebuffer, Value, Value, Side, Side))),
            AtomicWish.Light when framebuffer is not null && facts.ModeOf(framebuffer) is { } mode => await Light(client, facts, framebuffer, mode),
            AtomicWish.Dark => await Commit(
                client,
                Set(facts.Crtc(Crtc).Value, (StandardProperties.Active, 0), (StandardProperties.ModeId, 0)),
                Set(facts.Connector(Connector).Value, (StandardProperties.CrtcId, 0)),
                Set(facts.Primary(Crtc).Value, (StandardProperties.FbId, 0), (StandardProperties.CrtcId, 0))),
            AtomicWish.Active => await Commit(client, Set(facts.Crtc(Crtc).Value, (StandardProperties.Active, (ulong)(Value & 1)))),
            AtomicWish.Reroute => await Commit(
                client, Set(facts.Connector(Connector).Value, (StandardProperties.CrtcId, Value % 3 == 0 ? 0 : facts.Crtc(Crtc).Value))),
            AtomicWish.Any => await Commit(client, Set(
                facts.Object(Plane).Id, (StandardProperties.All[(int)((uint)Property % (uint)StandardProperties.All.Length)], (ulong)Value))),
            _ => Errno.EAGAIN,
        };
    }

    private async Task<Errno> Light(WorkloadClient client, CardFacts facts, HeldFramebuffer framebuffer, ModeInfo mode)
    {
        var blob = await client.CallAsync(new ModeCreatePropBlob(BlobContents.OfMode(mode)));
        if (blob is not { Ok: true, Value: { } made })
            return blob.Errno;
        var crtc = facts.Crtc(Crtc);
        var errno = await Commit(
            client,
            Set(facts.Connector(Connector).Value, (StandardProperties.CrtcId, crtc.Value)),
            Set(crtc.Value, (StandardProperties.ModeId, made.Blob.Value), (StandardProperties.Active, 1)),
            Set(facts.Primary(Crtc).Value, Place(crtc, framebuffer, 0, 0, mode.HDisplay, mode.VDisplay)));
        await client.ErrnoAsync(new ModeDestroyPropBlob(made.Blob));
        if (errno == Errno.None && !Flags.HasFlag(AtomicFlags.TestOnly))
            client.NoteLit(crtc, framebuffer);
        return errno;
    }

    private async Task<Errno> Commit(WorkloadClient client, params AtomicObject[] objects) => client.Keep(Flags.HasFlag(AtomicFlags.PageFlipEvent)
        ? await client.RequestEventAsync(data => new ModeAtomic(Flags, [.. objects], data))
        : await client.CallAsync(new ModeAtomic(Flags, [.. objects])));

    private static (Property Property, ulong Value)[] Place(CrtcId crtc, HeldFramebuffer? framebuffer, int x, int y, uint width, uint height) =>
    [
        (StandardProperties.FbId, framebuffer?.Id.Value ?? 0), (StandardProperties.CrtcId, framebuffer is null ? 0 : crtc.Value),
        (StandardProperties.CrtcX, (ulong)x), (StandardProperties.CrtcY, (ulong)y),
        (StandardProperties.CrtcW, width), (StandardProperties.CrtcH, height),
        (StandardProperties.SrcX, 0), (StandardProperties.SrcY, 0),
        (StandardProperties.SrcW, width << 16), (StandardProperties.SrcH, height << 16),
    ];

    private static AtomicObject Set(uint of, params (Property Property, ulong Value)[] values) =>
        new(of, [.. values.Select(v => new PropertyValue(v.Property.Id, v.Value))]);
}
