using System.Collections.Immutable;
using DrmActors.Messages;
using static DrmActors.Messages.PropertyFlags;

namespace DrmActors.Kms;

/// <summary>
/// The properties that every device has before it has any object, whether one uses them or not: they take the first ids of its number space,
/// in Linux 6.1's order. The fields stand in that order, and their initialisers count.
/// </summary>
public static class StandardProperties
{
    private static readonly ImmutableArray<Property>.Builder Created = ImmutableArray.CreateBuilder<Property>();

    public static readonly Property Edid = Create(Property.OfBlob(PropertyNames.Edid, Immutable));
    public static readonly Property Dpms = Create(Property.OfEnum(PropertyNames.Dpms, None, "On", "Standby", "Suspend", "Off"));
    public static readonly Property Path = Create(Property.OfBlob("PATH", Immutable));
    public static readonly Property Tile = Create(Property.OfBlob("TILE", Immutable));
    public static readonly Property LinkStatus = Create(Property.OfEnum(PropertyNames.LinkStatus, None, "Good", "Bad"));
    public static readonly Property NonDesktop = Create(Property.OfBool("non-desktop", Immutable));
    public static readonly Property HdrOutputMetadata = Create(Property.OfBlob(PropertyNames.HdrOutputMetadata));
    public static readonly Property PlaneType = Create(Property.OfEnum("type", Immutable, "Overlay", "Primary", "Cursor"));
    public static readonly Property SrcX = Create(Property.OfRange(PropertyNames.SrcX, 0, uint.MaxValue, Atomic));
    public static readonly Property SrcY = Create(Property.OfRange(PropertyNames.SrcY, 0, uint.MaxValue, Atomic));
    public static readonly Property SrcW = Create(Property.OfRange(PropertyNames.SrcW, 0, uint.MaxValue, Atomic));
    public static readonly Property SrcH = Create(Property.OfRange(PropertyNames.SrcH, 0, uint.MaxValue, Atomic));
    public static readonly Property CrtcX = Create(Property.OfSignedRange(PropertyNames.CrtcX, int.MinValue, int.MaxValue, Atomic));
    public static readonly Property CrtcY = Create(Property.OfSignedRange(PropertyNames.CrtcY, int.MinValue, int.MaxValue, Atomic));
    public static readonly Property CrtcW = Create(Property.OfRange(PropertyNames.CrtcW, 0, int.MaxValue, Atomic));
    public static readonly Property CrtcH = Create(Property.OfRange(PropertyNames.CrtcH, 0, int.MaxValue, Atomic));
    public static readonly Property FbId = Create(Property.OfObject(PropertyNames.FbId, ObjectType.Fb, Atomic));
    public static readonly Property InFenceFd = Create(Property.OfSignedRange(PropertyNames.InFenceFd, -1, int.MaxValue, Atomic));
    public static readonly Property OutFencePtr = Create(Property.OfRange(PropertyNames.OutFencePtr, 0, ulong.MaxValue, Atomic));
    public static readonly Property CrtcId = Create(Property.OfObject(PropertyNames.CrtcId, ObjectType.Crtc, Atomic));
    public static readonly Property FbDamageClips = Create(Property.OfBlob(PropertyNames.DamageClips, Atomic));
    public static readonly Property Active = Create(Property.OfBool(PropertyNames.Active, Atomic));
    public static readonly Property ModeId = Create(Property.OfBlob(PropertyNames.ModeId, Atomic));
    public static readonly Property VrrEnabled = Create(Property.OfBool(PropertyNames.VrrEnabled));
    public static readonly Property DegammaLut = Create(Property.OfBlob(PropertyNames.DegammaLut));
    public static readonly Property DegammaLutSize = Create(Property.OfRange(PropertyNames.DegammaLutSize, 0, uint.MaxValue, Immutable));
    public static readonly Property Ctm = Create(Property.OfBlob(PropertyNames.Ctm));
    public static readonly Property GammaLut = Create(Property.OfBlob(PropertyNames.GammaLut));
    public static readonly Property GammaLutSize = Create(Property.OfRange(PropertyNames.GammaLutSize, 0, uint.MaxValue, Immutable));
    public static readonly Property InFormats = Create(Property.OfBlob("IN_FORMATS", Immutable));

    /// <summary>By id, from 1 without a gap.</summary>
    public static ImmutableArray<Property> All { get; } = Created.ToImmutable();

    /// <summary>What a plane has of them.</summary>
    internal static ImmutableArray<AttachedProperty> OfPlane(PlaneType type, BlobId formats) =>
    [
        new(PlaneType, (ulong)type), new(FbId, 0), new(InFenceFd, ulong.MaxValue), new(CrtcId, 0),
        new(CrtcX, 0), new(CrtcY, 0), new(CrtcW, 0), new(CrtcH, 0),
        new(SrcX, 0), new(SrcY, 0), new(SrcW, 0), new(SrcH, 0), new(InFormats, formats.Value),
    ];

    /// <summary>A table's size stands behind the table.</summary>
    /// <param name="gammaSize">Entries of its gamma table; 0 without one.</param>
    /// <param name="degammaSize">Likewise of the one before the matrix.</param>
    internal static ImmutableArray<AttachedProperty> OfCrtc(uint gammaSize, uint degammaSize = 0, bool hasCtm = false)
    {
        ImmutableArray<AttachedProperty> all = [new(Active, 0), new(ModeId, 0), new(OutFencePtr, 0), new(VrrEnabled, 0)];
        if (degammaSize > 0)
            all = [.. all, new(DegammaLut, 0), new(DegammaLutSize, degammaSize)];
        if (hasCtm)
            all = all.Add(new(Ctm, 0));
        return gammaSize == 0 ? all : [.. all, new(GammaLut, 0), new(GammaLutSize, gammaSize)];
    }

    /// <summary>A connector that no monitor can be plugged into has no EDID.</summary>
    internal static ImmutableArray<AttachedProperty> OfConnector(ConnectorType type)
    {
        ImmutableArray<AttachedProperty> all = [new(Dpms, 0), new(LinkStatus, 0), new(NonDesktop, 0), new(Tile, 0), new(CrtcId, 0)];
        return type is ConnectorType.Virtual or ConnectorType.Writeback ? all : all.Insert(0, new(Edid, 0));
    }

    private static Property Create(Property property)
    {
        Created.Add(property with { Id = new PropertyId((uint)Created.Count + 1) });
        return Created[^1];
    }
}
