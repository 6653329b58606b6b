using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>DIRTYFB: refused in the kernel's order. Pure.</summary>
public static class DirtyFbCheck
{
    public static Errno Check(KmsState state, ModeDirtyFb call)
    {
        if (state.Find(call.Framebuffer) is null)
            return Errno.ENOENT;
        // A copy is told as pairs of source and target.
        if (call.Flags.HasFlag(DirtyFlags.AnnotateCopy) && call.Clips.Length % 2 != 0)
            return Errno.EINVAL;
        return call.Clips.Length > ModeDirtyFb.MaxClips ? Errno.EINVAL : Errno.None;
    }
}
