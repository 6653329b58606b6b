using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Kms;

/// <summary>
/// The mode objects of a device and its size limits. It grows while components bind: each Add takes the next id of
/// the one number space that all mode objects of a device share, and returns a wider configuration.
/// </summary>
public sealed record ModeConfig
{
    private static readonly ImmutableArray<IModeObject?> Standard = [null, .. StandardProperties.All];

    private ImmutableArray<IModeObject?> _byId = Standard;
    private ImmutableArray<ImmutableArray<Connector>> _fedBy = [];

    // What came at run time, when ids are no longer dense.
    private ImmutableDictionary<uint, IModeObject> _late = ImmutableDictionary<uint, IModeObject>.Empty;

    public required uint MinWidth { get; init; }

    public required uint MinHeight { get; init; }

    public required uint MaxWidth { get; init; }

    public required uint MaxHeight { get; init; }

    public bool NormalizeZpos { get; init; }

    /// <summary>Whether framebuffers may have formats and modifiers that no plane shows: drivers that are not atomic, and Linux before 6.3.</summary>
    public bool TakesUnseenFormats { get; init; }

    /// <summary>Whether framebuffers can be told of damage (DIRTYFB).</summary>
    public bool TakesDamage { get; init; } = true;

    /// <summary>Whether a flip may change the picture in the middle of a frame (PAGE_FLIP_ASYNC).</summary>
    public bool AsyncPageFlip { get; init; }

    /// <summary>Whether a flip may name its vblank, the present one or the next (PAGE_FLIP_TARGET).</summary>
    public bool PageFlipTarget { get; init; }

    /// <summary>Whether cursors point somewhere (a virtual machine's, which the host draws): clients of such cursor planes say that they know.</summary>
    public bool CursorHotspot { get; init; }

    /// <summary>What the hardware cannot do beyond what its objects say: the last word of a check, whatever call is checked. Pure.</summary>
    public Func<CommitDraft, Errno>? Restriction { get; init; }

    /// <summary>Pixels of the largest cursor that user space may count on.</summary>
    public uint CursorWidth { get; init; } = 64;

    public uint CursorHeight { get; init; } = 64;

    public ImmutableArray<Plane> Planes { get; private init; } = [];

    public ImmutableArray<Crtc> Crtcs { get; private init; } = [];

    public ImmutableArray<Encoder> Encoders { get; private init; } = [];

    /// <summary>By index, with the places of those that have gone: see <see cref="PresentConnectors"/>.</summary>
    public ImmutableArray<Connector> Connectors { get; private init; } = [];

    public IEnumerable<Connector> PresentConnectors => Connectors.Where(c => !c.IsGone);

    /// <summary>By id.</summary>
    public ImmutableArray<Property> Properties { get; private init; } = StandardProperties.All;

    /// <summary>Those that no state changes.</summary>
    public ImmutableArray<Blob> Blobs { get; private init; } = [];

    /// <summary>The id that the next object gets. Ids of removed framebuffers are not used again until the space wraps.</summary>
    public uint NextId { get; init; } = (uint)StandardProperties.All.Length + 1;

    /// <param name="limits">Null for those that planes of its type have in software: a primary plane covers its CRTC, and nothing scales.</param>
    /// <param name="modifiers">Null for the linear one alone.</param>
    public ModeConfig AddPlane(
        PlaneType type,
        uint possibleCrtcs,
        ImmutableArray<uint> formats,
        out PlaneId id,
        PlaneLimits? limits = null,
        ImmutableArray<FormatModifier>? modifiers = null)
    {
        id = new PlaneId(NextId);
        var layouts = modifiers ?? Plane.LinearOnly;
        var blob = modifiers is null ? BlobContents.OfLinearFormats(formats) : BlobContents.OfFormats(formats, layouts);
        var config = (this with { NextId = NextId + 1 }).AddBlob(blob, out var inFormats);
        var plane = new Plane(id, Planes.Length, type, possibleCrtcs, formats)
        {
            Properties = StandardProperties.OfPlane(type, inFormats),
            Limits = limits ?? PlaneLimits.Of(type),
            Modifiers = layouts,
        };
        return (config with { Planes = Planes.Add(plane) }).Indexed();
    }

    /// <param name="degammaSize">Entries of the table before the matrix; 0 without one.</param>
    public ModeConfig AddCrtc(
        PlaneId primary,
        uint maxWidth,
        uint maxHeight,
        uint maxClock,
        uint gammaSize,
        out CrtcId id,
        uint degammaSize = 0,
        bool hasCtm = false)
    {
        id = new CrtcId(NextId);
        var crtc = new Crtc(id, Crtcs.Length, primary, maxWidth, maxHeight, maxClock, gammaSize)
        {
            Properties = StandardProperties.OfCrtc(gammaSize, degammaSize, hasCtm),
        };
        return (this with { Crtcs = Crtcs.Add(crtc), NextId = NextId + 1 }).Indexed();
    }

    /// <param name="clones">Bit n: the encoder of index n can be fed together with it, be it there already or not.</param>
    public ModeConfig AddEncoder(EncoderType type, uint possibleCrtcs, out EncoderId id, uint clones = 0)
    {
        id = new EncoderId(NextId);
        // An encoder can always be cloned with itself.
        var encoder = new Encoder(id, Encoders.Length, type, possibleCrtcs, clones | 1u << Encoders.Length);
        return (this with { Encoders = Encoders.Add(encoder), NextId = NextId + 1 }).Indexed();
    }

    public ModeConfig AddConnector(ConnectorType type, ImmutableArray<EncoderId> encoders, uint maxClock, out ConnectorId id)
    {
        id = new ConnectorId(NextId);
        var connector = new Connector(id, Connectors.Length, type, FreeTypeId(type), encoders, maxClock) { Properties = StandardProperties.OfConnector(type) };
        return (this with { Connectors = Connectors.Add(connector), NextId = NextId + 1 }).Indexed();
    }

    /// <summary>A connector that comes at run time, as a port of a DisplayPort branch does.</summary>
    /// <param name="path">What its PATH tells, with a 0 at the end.</param>
    public ModeConfig PlugIn(ConnectorType type, ImmutableArray<EncoderId> encoders, uint maxClock, ImmutableArray<byte> path, out Connector connector)
    {
        var pathBlob = new Blob(new BlobId(NextId), Owner: 0, path);
        var place = Connectors.FirstOrDefault(c => c.IsGone)?.Index ?? Connectors.Length;
        connector = new Connector(new ConnectorId(NextId + 1), place, type, FreeTypeId(type), encoders, maxClock)
        {
            Properties = StandardProperties.OfConnector(type).Add(new AttachedProperty(StandardProperties.Path, pathBlob.Id.Value)),
            IsDynamic = true,
        };
        var places = place < Connectors.Length ? Connectors.SetItem(place, connector) : Connectors.Add(connector);
        return (this with { Connectors = places, Blobs = Blobs.Add(pathBlob), NextId = NextId + 2 }).Indexed();
    }

    /// <summary>A connector that came at run time, on its way out or gone, with its path.</summary>
    public ModeConfig Replace(Connector connector) => (this with
    {
        Connectors = Connectors.SetItem(connector.Index, connector),
        Blobs = connector.IsGone ? Blobs.RemoveAll(b => connector.Properties.Any(p => p.Property == StandardProperties.Path && p.Initial == b.Id.Value)) : Blobs,
    }).Indexed();

    /// <summary>What a connector is beside its properties.</summary>
    public ModeConfig Mark(ConnectorId id, bool isDynamic, bool isLinkBad)
    {
        var connector = Find(id)!;
        return !isDynamic && !isLinkBad
            ? this
            : (this with { Connectors = Connectors.SetItem(connector.Index, connector with { IsDynamic = isDynamic, IsLinkBadAtFirst = isLinkBad }) }).Indexed();
    }

    /// <summary>A property beside the standard ones; it is no object's until it is attached.</summary>
    public ModeConfig AddProperty(Property wanted, out Property property)
    {
        property = wanted with { Id = new PropertyId(NextId) };
        return (this with { Properties = Properties.Add(property), NextId = NextId + 1 }).Indexed();
    }

    public ModeConfig Attach(PlaneId id, Property property, ulong initial)
    {
        var plane = Find(id)!;
        var wider = plane with { Properties = plane.Properties.Add(new AttachedProperty(property, initial)) };
        return (this with { Planes = Planes.SetItem(plane.Index, wider) }).Indexed();
    }

    public ModeConfig Attach(CrtcId id, Property property, ulong initial)
    {
        var crtc = Find(id)!;
        var wider = crtc with { Properties = crtc.Properties.Add(new AttachedProperty(property, initial)) };
        return (this with { Crtcs = Crtcs.SetItem(crtc.Index, wider) }).Indexed();
    }

    public ModeConfig Attach(ConnectorId id, Property property, ulong initial)
    {
        var connector = Find(id)!;
        var wider = connector with { Properties = connector.Properties.Add(new AttachedProperty(property, initial)) };
        return (this with { Connectors = Connectors.SetItem(connector.Index, wider) }).Indexed();
    }

    /// <summary>Gives a CRTC a degamma table of so many entries, and a matrix behind it.</summary>
    public ModeConfig AttachColorManagement(CrtcId id, uint degammaSize) => this
        .Attach(id, StandardProperties.DegammaLut, 0)
        .Attach(id, StandardProperties.DegammaLutSize, degammaSize)
        .Attach(id, StandardProperties.Ctm, 0);

    /// <summary>An encoder that can feed a connector, for one that is there only after it.</summary>
    public ModeConfig Attach(ConnectorId id, EncoderId encoder)
    {
        var connector = Find(id)!;
        return (this with { Connectors = Connectors.SetItem(connector.Index, connector with { Encoders = connector.Encoders.Add(encoder) }) }).Indexed();
    }

    public ModeConfig AddBlob(ImmutableArray<byte> data, out BlobId id)
    {
        id = new BlobId(NextId);
        return (this with { Blobs = Blobs.Add(new Blob(id, Owner: 0, data)), NextId = NextId + 1 }).Indexed();
    }

    /// <summary>Any object of the configuration; null for none, or one that comes and goes (framebuffers, blobs of files).</summary>
    public IModeObject? Find(uint id) => id < (uint)_byId.Length ? _byId[(int)id] : _late.GetValueOrDefault(id);

    public Property? Find(PropertyId id) => Find(id.Value) as Property;

    public Crtc? Find(CrtcId id) => Find(id.Value) as Crtc;

    public Plane? Find(PlaneId id) => Find(id.Value) as Plane;

    public Encoder? Find(EncoderId id) => Find(id.Value) as Encoder;

    public Connector? Find(ConnectorId id) => Find(id.Value) as Connector;

    /// <summary>The connectors that an encoder can feed.</summary>
    public ImmutableArray<Connector> ConnectorsOf(Encoder encoder) => _fedBy[encoder.Index];

    public Plane PrimaryOf(Crtc crtc) => Find(crtc.Primary)!;

    /// <summary>Null where the cursor calls have no plane.</summary>
    public Plane? CursorOf(Crtc crtc)
    {
        foreach (var plane in Planes)
            if (plane.Type == PlaneType.Cursor && plane.IsFor(crtc))
                return plane;
        return null;
    }

    // What stands in the arrays, by id and by encoder: every call looks some up. Ids are dense but for those of what comes at run time.
    private ModeConfig Indexed()
    {
        const uint Dense = 4096;
        var byId = new IModeObject?[Math.Min(NextId, Dense)];
        var late = ImmutableDictionary<uint, IModeObject>.Empty;
        foreach (var item in Properties.Concat<IModeObject>(Blobs).Concat(Planes).Concat(Crtcs).Concat(Encoders).Concat(PresentConnectors))
        {
            var id = IdOf(item);
            if (id < byId.Length)
                byId[id] = item;
            else
                late = late.Add(id, item);
        }

        return this with
        {
            _byId = ImmutableCollectionsMarshal.AsImmutableArray(byId),
            _late = late,
            _fedBy = [.. Encoders.Select(e => PresentConnectors.Where(c => c.Encoders.Contains(e.Id)).ToImmutableArray())],
        };
    }

    private static uint IdOf(IModeObject item) => item switch
    {
        Property property => property.Id.Value,
        Blob blob => blob.Id.Value,
        Plane plane => plane.Id.Value,
        Crtc crtc => crtc.Id.Value,
        Encoder encoder => encoder.Id.Value,
        Connector connector => connector.Id.Value,
        _ => 0,
    };

    // From 1, the lowest that no connector of the type has.
    private uint FreeTypeId(ConnectorType type)
    {
        var id = 1u;
        while (PresentConnectors.Any(c => c.Type == type && c.TypeId == id))
            id++;
        return id;
    }
}
