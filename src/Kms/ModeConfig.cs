using System.Collections.Immutable;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Kms;

/// <summary>
/// The mode objects of a device and its size limits. It grows while components bind: each Add takes the next id of
/// the one number space that all mode objects of a device share, and returns a wider configuration.
/// </summary>
public sealed record ModeConfig
{
    public required uint MinWidth { get; init; }

    public required uint MinHeight { get; init; }

    public required uint MaxWidth { get; init; }

    public required uint MaxHeight { get; init; }

    public bool NormalizeZpos { get; init; }

    /// <summary>Whether framebuffers can be told of damage (DIRTYFB).</summary>
    public bool TakesDamage { get; init; } = true;

    /// <summary>Pixels of the largest cursor that user space may count on.</summary>
    public uint CursorWidth { get; init; } = 64;

    public uint CursorHeight { get; init; } = 64;

    public ImmutableArray<Plane> Planes { get; init; } = [];

    public ImmutableArray<Crtc> Crtcs { get; init; } = [];

    public ImmutableArray<Encoder> Encoders { get; init; } = [];

    public ImmutableArray<Connector> Connectors { get; init; } = [];

    /// <summary>By id.</summary>
    public ImmutableArray<Property> Properties { get; init; } = StandardProperties.All;

    /// <summary>Those that no state changes.</summary>
    public ImmutableArray<Blob> Blobs { get; init; } = [];

    /// <summary>The id that the next object gets. Ids of removed framebuffers are not used again until the space wraps.</summary>
    public uint NextId { get; init; } = (uint)StandardProperties.All.Length + 1;

    public ModeConfig AddPlane(PlaneType type, uint possibleCrtcs, ImmutableArray<uint> formats, out PlaneId id)
    {
        id = new PlaneId(NextId);
        var config = (this with { NextId = NextId + 1 }).AddBlob(BlobContents.OfLinearFormats(formats), out var inFormats);
        var plane = new Plane(id, Planes.Length, type, possibleCrtcs, formats) { Properties = StandardProperties.OfPlane(type, inFormats) };
        return config with { Planes = Planes.Add(plane) };
    }

    public ModeConfig AddCrtc(PlaneId primary, uint maxWidth, uint maxHeight, uint maxClock, uint gammaSize, out CrtcId id)
    {
        id = new CrtcId(NextId);
        var crtc = new Crtc(id, Crtcs.Length, primary, maxWidth, maxHeight, maxClock, gammaSize);
        return this with { Crtcs = Crtcs.Add(crtc), NextId = NextId + 1 };
    }

    public ModeConfig AddEncoder(EncoderType type, uint possibleCrtcs, out EncoderId id)
    {
        id = new EncoderId(NextId);
        // An encoder can always be cloned with itself.
        var encoder = new Encoder(id, Encoders.Length, type, possibleCrtcs, 1u << Encoders.Length);
        return this with { Encoders = Encoders.Add(encoder), NextId = NextId + 1 };
    }

    public ModeConfig AddConnector(ConnectorType type, ImmutableArray<EncoderId> encoders, uint maxClock, out ConnectorId id)
    {
        id = new ConnectorId(NextId);
        var typeId = (uint)Connectors.Count(c => c.Type == type) + 1;
        var connector = new Connector(id, Connectors.Length, type, typeId, encoders, maxClock) { Properties = StandardProperties.OfConnector(type) };
        return this with { Connectors = Connectors.Add(connector), NextId = NextId + 1 };
    }

    /// <summary>A property beside the standard ones; it is no object's until it is attached.</summary>
    public ModeConfig AddProperty(Property wanted, out Property property)
    {
        property = wanted with { Id = new PropertyId(NextId) };
        return this with { Properties = Properties.Add(property), NextId = NextId + 1 };
    }

    public ModeConfig Attach(ConnectorId id, Property property, ulong initial)
    {
        var connector = Find(id)!;
        var wider = connector with { Properties = connector.Properties.Add(new AttachedProperty(property, initial)) };
        return this with { Connectors = Connectors.SetItem(connector.Index, wider) };
    }

    /// <summary>An encoder that can feed a connector, for one that is there only after it.</summary>
    public ModeConfig Attach(ConnectorId id, EncoderId encoder)
    {
        var connector = Find(id)!;
        return this with { Connectors = Connectors.SetItem(connector.Index, connector with { Encoders = connector.Encoders.Add(encoder) }) };
    }

    public ModeConfig AddBlob(ImmutableArray<byte> data, out BlobId id)
    {
        id = new BlobId(NextId);
        return this with { Blobs = Blobs.Add(new Blob(id, Owner: 0, data)), NextId = NextId + 1 };
    }

    public Property? Find(PropertyId id)
    {
        foreach (var property in Properties)
            if (property.Id == id)
                return property;
        return null;
    }

    public Crtc? Find(CrtcId id)
    {
        foreach (var crtc in Crtcs)
            if (crtc.Id == id)
                return crtc;
        return null;
    }

    public Plane? Find(PlaneId id)
    {
        foreach (var plane in Planes)
            if (plane.Id == id)
                return plane;
        return null;
    }

    public Encoder? Find(EncoderId id)
    {
        foreach (var encoder in Encoders)
            if (encoder.Id == id)
                return encoder;
        return null;
    }

    public Connector? Find(ConnectorId id)
    {
        foreach (var connector in Connectors)
            if (connector.Id == id)
                return connector;
        return null;
    }

    public Plane PrimaryOf(Crtc crtc) => Find(crtc.Primary)!;

    /// <summary>Null where the cursor calls have no plane.</summary>
    public Plane? CursorOf(Crtc crtc)
    {
        foreach (var plane in Planes)
            if (plane.Type == PlaneType.Cursor && (plane.PossibleCrtcs & (1u << crtc.Index)) != 0)
                return plane;
        return null;
    }
}
