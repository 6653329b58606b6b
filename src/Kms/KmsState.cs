using System.Collections.Immutable;
using DrmActors.Hardware.Display;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>What a CRTC does. A mode without <see cref="Active"/> is a CRTC that is set up and sleeps (DPMS off).</summary>
public sealed record CrtcState(bool Active, ModeInfo? Mode)
{
    public static readonly CrtcState Off = new(false, null);

    /// <summary>The mode as bytes with an id: there where there is a mode.</summary>
    public Blob? ModeBlob { get; init; }

    public bool VrrEnabled { get; init; }

    /// <summary>Maps what the planes make; null for as it is. It stays while the CRTC is off.</summary>
    public Blob? GammaLut { get; init; }

    /// <summary>What the legacy call set last; null for what the CRTC began with.</summary>
    public GammaTable? LegacyGamma { get; init; }

    /// <summary>Where the cursor was moved to last, in pixels.</summary>
    public int CursorX { get; init; }

    public int CursorY { get; init; }
}

/// <summary>What a plane shows and where. Source in 16.16 pixels of the framebuffer, target in pixels of the CRTC.</summary>
public sealed record PlaneState
{
    public static readonly PlaneState Off = new();

    public CrtcId Crtc { get; init; }

    public Framebuffer? Framebuffer { get; init; }

    public uint SrcX { get; init; }

    public uint SrcY { get; init; }

    public uint SrcW { get; init; }

    public uint SrcH { get; init; }

    public int CrtcX { get; init; }

    public int CrtcY { get; init; }

    public uint CrtcW { get; init; }

    public uint CrtcH { get; init; }
}

/// <summary>Who drives a connector, and what its last probe found.</summary>
public sealed record ConnectorState
{
    public static readonly ConnectorState Unprobed = new();

    public CrtcId Crtc { get; init; }

    public EncoderId Encoder { get; init; }

    public ConnectorStatus Status { get; init; } = ConnectorStatus.Unknown;

    /// <summary>Null where the monitor has none, or a corrupt one.</summary>
    public Edid? Edid { get; init; }

    public ImmutableArray<ModeInfo> Modes { get; init; } = [];

    /// <summary>The bytes of <see cref="Edid"/>, under a new id after each probe.</summary>
    public Blob? EdidBlob { get; init; }

    /// <summary>What the legacy DPMS call asked for last, or what lighting and darkening the CRTC made of it.</summary>
    public bool DpmsOff { get; init; }

    public bool LinkBad { get; init; }

    /// <summary>Null for what the driver began with.</summary>
    public uint? MaxBpc { get; init; }

    public Blob? HdrMetadata { get; init; }
}

/// <summary>All that a device shows, as one immutable value: a commit builds the next one, checks it, and publishes it.</summary>
public sealed record KmsState
{
    public required ModeConfig Config { get; init; }

    /// <summary>By index, as in <see cref="Config"/>.</summary>
    public required ImmutableArray<CrtcState> Crtcs { get; init; }

    public required ImmutableArray<PlaneState> Planes { get; init; }

    public required ImmutableArray<ConnectorState> Connectors { get; init; }

    public ImmutableSortedDictionary<uint, Framebuffer> Framebuffers { get; init; } = ImmutableSortedDictionary<uint, Framebuffer>.Empty;

    /// <summary>Those that files made and have not destroyed. What a state refers to stands in that state.</summary>
    public ImmutableSortedDictionary<uint, Blob> Blobs { get; init; } = ImmutableSortedDictionary<uint, Blob>.Empty;

    /// <summary>Everything off and unprobed: what resetting the mode configuration leaves.</summary>
    public static KmsState Reset(ModeConfig config) => new()
    {
        Config = config,
        Crtcs = [.. config.Crtcs.Select(_ => CrtcState.Off)],
        Planes = [.. config.Planes.Select(_ => PlaneState.Off)],
        Connectors = [.. config.Connectors.Select(_ => ConnectorState.Unprobed)],
    };

    public CrtcState this[Crtc crtc] => Crtcs[crtc.Index];

    public PlaneState this[Plane plane] => Planes[plane.Index];

    public ConnectorState this[Connector connector] => Connectors[connector.Index];

    public KmsState With(Crtc crtc, CrtcState state) => this with { Crtcs = Crtcs.SetItem(crtc.Index, state) };

    public KmsState With(Plane plane, PlaneState state) => this with { Planes = Planes.SetItem(plane.Index, state) };

    public KmsState With(Connector connector, ConnectorState state) =>
        this with { Connectors = Connectors.SetItem(connector.Index, state) };

    public PlaneState PrimaryOf(Crtc crtc) => Planes[Config.PrimaryOf(crtc).Index];

    /// <summary>What a CRTC shows over its primary plane, from the lowest to the highest: overlays in their order, then the cursor.</summary>
    public ImmutableArray<PlaneState> PlanesAbove(Crtc crtc)
    {
        ImmutableArray<PlaneState> above = [];
        foreach (var plane in Config.Planes)
            if (plane.Type == PlaneType.Overlay && this[plane] is { Framebuffer: not null } overlay && overlay.Crtc == crtc.Id)
                above = above.Add(overlay);
        foreach (var plane in Config.Planes)
            if (plane.Type == PlaneType.Cursor && this[plane] is { Framebuffer: not null } cursor && cursor.Crtc == crtc.Id)
                above = above.Add(cursor);
        return above;
    }

    public Framebuffer? Find(FramebufferId id) => Framebuffers.GetValueOrDefault(id.Value);

    /// <summary>Adds a framebuffer under the next free id. Ids count on and wrap, so one just removed is not met again at once.</summary>
    public KmsState Add(Framebuffer framebuffer, out FramebufferId id)
    {
        id = new FramebufferId(Config.NextId);
        return this with
        {
            Config = Config with { NextId = Config.NextId + 1 },
            Framebuffers = Framebuffers.Add(id.Value, framebuffer with { Id = id }),
        };
    }

    public KmsState Remove(FramebufferId id) => this with { Framebuffers = Framebuffers.Remove(id.Value) };

    /// <summary>A blob under the next free id, which lives where the caller puts it.</summary>
    public KmsState NewBlob(ulong owner, ImmutableArray<byte> data, out Blob blob)
    {
        blob = new Blob(new BlobId(Config.NextId), owner, data);
        return this with { Config = Config with { NextId = Config.NextId + 1 } };
    }
}
