using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>OBJ_SETPROPERTY and SETPROPERTY: from the request to a checked draft, refused in the kernel's order. Pure.</summary>
public static class SetPropertyCheck
{
    public static ModeObjSetProperty Widen(ModeSetProperty call) =>
        new(call.Connector.Value, ObjectType.Connector, call.Property, call.Value);

    public static Errno Build(CommitDraft draft, ModeObjSetProperty call)
    {
        if (ModeObjectLookup.Find(draft.Old, call.ObjectId, call.Type) is not { } target)
            return Errno.ENOENT;
        foreach (var attached in target.Properties)
        {
            if (attached.Property.Id != call.Property)
                continue;
            // The one whose value is not checked.
            if (target is Connector connector && attached.Property.Role == PropertyRole.Dpms)
                return DpmsCheck.Build(draft, connector, call.Value);
            // A commit of one property: no flags, and so no fence that it could give.
            if (attached.Property.Role is PropertyRole.OutFencePtr or PropertyRole.WritebackOutFence)
                return Errno.EINVAL;
            var errno = draft.Touch(target) is { } change ? PropertySetting.Set(draft, change, attached, call.Value) : Errno.EINVAL;
            return errno == Errno.None ? CommitCheck.Check(draft) : errno;
        }

        return Errno.EINVAL;
    }
}
