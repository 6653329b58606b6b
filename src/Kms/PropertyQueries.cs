using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>The reads of properties and blobs. Pure; each is the ioctl of its name.</summary>
public static class PropertyQueries
{
    public static Reply<ModeProperty> Property(KmsState state, PropertyId id) => state.Config.Find(id) is { } property
        ? Reply<ModeProperty>.Success(new ModeProperty(id, property.Name, property.Flags, property.Values, property.Enums))
        : Reply<ModeProperty>.Failed(Errno.ENOENT);

    /// <param name="atomic">Whether the caller understands atomic properties; others are not told of them.</param>
    public static Reply<ModeObjProperties> OfObject(KmsState state, ModeObjGetProperties call, bool atomic) =>
        ModeObjectLookup.Find(state, call.ObjectId, call.Type) switch
        {
            null => Reply<ModeObjProperties>.Failed(Errno.ENOENT),
            { Properties.IsEmpty: true } => Reply<ModeObjProperties>.Failed(Errno.EINVAL),
            var found => Reply<ModeObjProperties>.Success(new ModeObjProperties(Values(state, found, atomic))),
        };

    public static Reply<PropBlob> Blob(KmsState state, BlobId id) => ModeObjectLookup.FindBlob(state, id) is { } blob
        ? Reply<PropBlob>.Success(new PropBlob(blob.Data))
        : Reply<PropBlob>.Failed(Errno.ENOENT);

    public static ImmutableArray<PropertyValue> Values(KmsState state, IModeObject of, bool atomic)
    {
        var values = ImmutableArray.CreateBuilder<PropertyValue>(of.Properties.Length);
        foreach (var attached in of.Properties)
            if (atomic || !attached.Property.IsAtomic)
                values.Add(new PropertyValue(attached.Property.Id, Value(state, of, attached)));
        return values.ToImmutable();
    }

    private static ulong Value(KmsState state, IModeObject of, AttachedProperty attached) => of switch
    {
        Connector connector => Value(state[connector], attached),
        Crtc crtc => Value(state[crtc], attached),
        Plane plane => Value(state[plane], attached),
        _ => attached.Initial,
    };

    private static ulong Value(ConnectorState now, AttachedProperty attached) => attached.Property.Name switch
    {
        PropertyNames.Edid => now.EdidBlob?.Id.Value ?? 0,
        PropertyNames.Dpms => now.DpmsOff ? DpmsCheck.Off : DpmsCheck.On,
        PropertyNames.LinkStatus => now.LinkBad ? 1u : 0u,
        PropertyNames.MaxBpc => now.MaxBpc ?? attached.Initial,
        PropertyNames.HdrOutputMetadata => now.HdrMetadata?.Id.Value ?? 0,
        PropertyNames.CrtcId => now.Crtc.Value,
        _ => attached.Initial,
    };

    private static ulong Value(CrtcState now, AttachedProperty attached) => attached.Property.Name switch
    {
        PropertyNames.Active => now.Active ? 1u : 0u,
        PropertyNames.ModeId => now.ModeBlob?.Id.Value ?? 0,
        PropertyNames.VrrEnabled => now.VrrEnabled ? 1u : 0u,
        PropertyNames.GammaLut => now.GammaLut?.Id.Value ?? 0,
        _ => attached.Initial,
    };

    // A negative value of a signed range comes with its sign in all 64 bits.
    private static ulong Value(PlaneState now, AttachedProperty attached) => attached.Property.Name switch
    {
        PropertyNames.FbId => now.Framebuffer?.Id.Value ?? 0,
        PropertyNames.CrtcId => now.Crtc.Value,
        PropertyNames.SrcX => now.SrcX,
        PropertyNames.SrcY => now.SrcY,
        PropertyNames.SrcW => now.SrcW,
        PropertyNames.SrcH => now.SrcH,
        PropertyNames.CrtcX => (ulong)now.CrtcX,
        PropertyNames.CrtcY => (ulong)now.CrtcY,
        PropertyNames.CrtcW => now.CrtcW,
        PropertyNames.CrtcH => now.CrtcH,
        _ => attached.Initial,
    };
}
