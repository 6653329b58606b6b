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

    internal static ulong Value(KmsState state, IModeObject of, AttachedProperty attached) => of switch
    {
        Connector connector => ConnectorProperties.Get(state[connector], attached),
        Crtc crtc => CrtcProperties.Get(state[crtc], attached),
        Plane plane => PlaneProperties.Get(state[plane], attached),
        _ => attached.Initial,
    };
}
