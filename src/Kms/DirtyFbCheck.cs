using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>DIRTYFB: refused in the kernel's order, else a commit of the planes that show the framebuffer, as they are. Pure.</summary>
public static class DirtyFbCheck
{
    public static Errno Build(CommitDraft draft, ModeDirtyFb call)
    {
        var errno = Check(draft.Old, call);
        if (errno != Errno.None)
            return errno;
        foreach (var plane in draft.Config.Planes)
            if (draft.Old[plane].Framebuffer?.Id == call.Framebuffer)
                draft.Touch(plane);
        return Errno.None;
    }

    private static Errno Check(KmsState state, ModeDirtyFb call)
    {
        if (state.Find(call.Framebuffer) is null)
            return Errno.ENOENT;
        // A copy is told as pairs of source and target.
        if (call.Flags.HasFlag(DirtyFlags.AnnotateCopy) && call.Clips.Length % 2 != 0)
            return Errno.EINVAL;
        if (call.Clips.Length > ModeDirtyFb.MaxClips)
            return Errno.EINVAL;
        if (call.IsCut)
            return Errno.EFAULT;
        return state.Config.TakesDamage ? Errno.None : Errno.ENOSYS;
    }
}
