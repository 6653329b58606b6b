using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>One property of one object, set in a draft. Pure.</summary>
internal static class PropertySetting
{
    /// <summary>EINVAL for a value that the property does not take. The object and its CRTC are touched in any other case.</summary>
    public static Errno Set(CommitDraft draft, IModeObject of, AttachedProperty attached, ulong value)
    {
        var property = attached.Property;
        if (!PropertyValidation.Takes(draft.Old, property, value))
            return Errno.EINVAL;
        if (draft.IsAsync && !IsForAsync(property.Role) && PropertyQueries.Value(draft.Old, of, attached) != value)
            return Errno.EINVAL;
        return of switch
        {
            // Nothing but a primary plane's picture is changed in the middle of a frame.
            Plane plane when draft.IsAsync && plane.Type != PlaneType.Primary => Errno.EINVAL,
            Plane plane => PlaneProperties.Set(draft, draft.Touch(plane), property.Role, value),
            Crtc crtc => CrtcProperties.Set(draft, draft.Touch(crtc), property.Role, value),
            Connector connector => ConnectorProperties.Set(draft, draft.Touch(connector), property.Role, value),
            _ => Errno.EINVAL,
        };
    }

    private static bool IsForAsync(PropertyRole role) => role is PropertyRole.FbId or PropertyRole.InFenceFd or PropertyRole.DamageClips;
}
