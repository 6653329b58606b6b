using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>DIRTYFB: refused in the kernel's order, else a commit of the CRTCs that show the framebuffer. Pure.</summary>
public static class DirtyFbCheck
{
    public static Errno Check(KmsState state, ModeDirtyFb call)
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

    /// <summary>The active CRTCs that show it, on whichever plane.</summary>
    public static IReadOnlyCollection<Crtc> Showing(KmsState state, FramebufferId framebuffer) =>
        [.. state.Config.Crtcs.Where(c =>
            state[c].Active && state.Planes.Any(p => p.Framebuffer?.Id == framebuffer && p.Crtc == c.Id))];
}
