using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>One property of one object, set in a draft. Pure.</summary>
internal static class PropertySetting
{
    /// <summary>EINVAL for a value that the property does not take.</summary>
    public static Errno Set(CommitDraft draft, ObjectChange of, AttachedProperty attached, ulong value)
    {
        var property = attached.Property;
        if (property.IsImmutable)
            return Errno.EINVAL;
        // Most of what a compositor sets is what it is already.
        if (!IsForOneCommit(property.Role) && of.Get(attached) == value)
            return Errno.None;
        if (!PropertyValidation.Takes(draft.Old, property, value))
            return Errno.EINVAL;
        // Nothing but a primary plane's picture is changed in the middle of a frame.
        if (draft.IsAsync && (!IsForAsync(property.Role) || of is PlaneChange { Plane.Type: not PlaneType.Primary }))
            return Errno.EINVAL;
        return of.Set(draft, property.Role, value);
    }

    // What holds for this commit, or is none of its business, is no value that could stay.
    private static bool IsForOneCommit(PropertyRole role) => role is PropertyRole.InFenceFd or PropertyRole.OutFencePtr or PropertyRole.DamageClips
        or PropertyRole.WritebackFramebuffer or PropertyRole.WritebackOutFence or PropertyRole.Dpms;

    private static bool IsForAsync(PropertyRole role) => role is PropertyRole.FbId or PropertyRole.InFenceFd or PropertyRole.DamageClips;
}
