using System.Collections.Immutable;
using DrmActors.Messages;

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

    public ImmutableArray<Plane> Planes { get; init; } = [];

    public ImmutableArray<Crtc> Crtcs { get; init; } = [];

    public ImmutableArray<Encoder> Encoders { get; init; } = [];

    public ImmutableArray<Connector> Connectors { get; init; } = [];

    /// <summary>The id that the next object gets. Ids of removed framebuffers are not used again until the space wraps.</summary>
    public uint NextId { get; init; } = 1;

    public ModeConfig AddPlane(PlaneType type, uint possibleCrtcs, ImmutableArray<uint> formats, out PlaneId id)
    {
        id = new PlaneId(NextId);
        return this with { Planes = Planes.Add(new Plane(id, Planes.Length, type, possibleCrtcs, formats)), NextId = NextId + 1 };
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
        var connector = new Connector(id, Connectors.Length, type, typeId, encoders, maxClock);
        return this with { Connectors = Connectors.Add(connector), NextId = NextId + 1 };
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
}
