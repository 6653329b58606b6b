using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>OBJ_SETPROPERTY and SETPROPERTY: from the request to the state that it asks for, refused in the kernel's order. Pure.</summary>
public static class SetPropertyCheck
{
    /// <summary>Bytes of <c>struct hdr_output_metadata</c>, drm_mode.h.</summary>
    private const int HdrMetadataLength = 32;

    public static ModeObjSetProperty Widen(ModeSetProperty call) =>
        new(call.Connector.Value, ObjectType.Connector, call.Property, call.Value);

    public static Errno Build(KmsState state, ModeObjSetProperty call, out KmsState next)
    {
        next = state;
        if (ModeObjectLookup.Find(state, call.ObjectId, call.Type) is not { } target)
            return Errno.ENOENT;
        foreach (var (property, _) in target.Properties)
            if (property.Id == call.Property)
                return Set(state, target, property, call.Value, out next);
        return Errno.EINVAL;
    }

    private static Errno Set(KmsState state, IModeObject target, Property property, ulong value, out KmsState next)
    {
        next = state;
        if (target is Connector sleeper && property.Name == PropertyNames.Dpms)
        {
            // The one whose value is not checked.
            next = DpmsCheck.Build(state, sleeper, value);
            return Errno.None;
        }

        if (!PropertyValidation.Takes(state, property, value))
            return Errno.EINVAL;
        return target switch
        {
            Connector connector => Set(state, connector, property, value, out next),
            Crtc crtc when property.Name == PropertyNames.VrrEnabled => Publish(state.With(crtc, state[crtc] with { VrrEnabled = value != 0 }), out next),
            Crtc crtc when property.Name == PropertyNames.GammaLut => GammaCheck.BuildLut(state, crtc, value, out next),
            // What makes sense only together with others is for a request that has them all.
            _ => Errno.EINVAL,
        };
    }

    private static Errno Set(KmsState state, Connector connector, Property property, ulong value, out KmsState next)
    {
        next = state;
        var now = state[connector];
        switch (property.Name)
        {
            case PropertyNames.LinkStatus:
                // User space can say that a bad link is to be tried again, but not that a good one is bad.
                return Publish(state.With(connector, now with { LinkBad = now.LinkBad && value != 0 }), out next);
            case PropertyNames.MaxBpc:
                return Publish(state.With(connector, now with { MaxBpc = (uint)value }), out next);
            case PropertyNames.HdrOutputMetadata:
                var blob = ModeObjectLookup.FindBlob(state, new BlobId((uint)value));
                return blob is null or { Data.Length: HdrMetadataLength }
                    ? Publish(state.With(connector, now with { HdrMetadata = blob }), out next)
                    : Errno.EINVAL;
            default:
                return Errno.EINVAL;
        }
    }

    private static Errno Publish(KmsState wanted, out KmsState next)
    {
        next = wanted;
        return Errno.None;
    }
}
