using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>One property of one object, set in a draft. Pure.</summary>
internal static class PropertySetting
{
    /// <summary>EINVAL for a value that the property does not take. The object and its CRTC are touched in any other case.</summary>
    public static Errno Set(CommitDraft draft, IModeObject of, AttachedProperty attached, ulong value)
    {
        var property = attached.Property;
        if (property.IsImmutable)
            return Errno.EINVAL;
        // Most of what a compositor sets is what it is already. It touches the object all the same.
        if (!IsForOneCommit(property.Role) && Read(draft, of, attached) == value)
        {
            Touch(draft, of);
            return Errno.None;
        }

        if (!PropertyValidation.Takes(draft.Old, property, value))
            return Errno.EINVAL;
        if (draft.IsAsync && !IsForAsync(property.Role))
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

    private static ulong Read(CommitDraft draft, IModeObject of, AttachedProperty attached) => of switch
    {
        Plane plane => PlaneProperties.Get(draft[plane], attached),
        Crtc crtc => CrtcProperties.Get(draft[crtc], attached),
        Connector connector => ConnectorProperties.Get(draft[connector], attached),
        _ => attached.Initial,
    };

    private static void Touch(CommitDraft draft, IModeObject of)
    {
        if (of is Plane plane)
            draft.Touch(plane);
        else if (of is Crtc crtc)
            draft.Touch(crtc);
        else if (of is Connector connector)
            draft.Touch(connector);
    }

    // What holds for this commit, or is none of its business, is no value that could stay.
    private static bool IsForOneCommit(PropertyRole role) => role is PropertyRole.InFenceFd or PropertyRole.OutFencePtr or PropertyRole.DamageClips
        or PropertyRole.WritebackFramebuffer or PropertyRole.WritebackOutFence or PropertyRole.Dpms;

    private static bool IsForAsync(PropertyRole role) => role is PropertyRole.FbId or PropertyRole.InFenceFd or PropertyRole.DamageClips;
}
