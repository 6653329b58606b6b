using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>Whether a plane can be shown as a state has it, refused in the kernel's order. No plane here scales. Pure.</summary>
public static class PlaneCheck
{
    public static Errno Check(KmsState old, KmsState next, Plane plane)
    {
        var now = next[plane];
        if (now.Framebuffer is not { } framebuffer || next.Config.Find(now.Crtc) is not { } crtc)
            return now.Framebuffer is null && now.Crtc.IsNone ? Errno.None : Errno.EINVAL;
        if ((plane.PossibleCrtcs & (1u << crtc.Index)) == 0 || !plane.Scans(framebuffer))
            return Errno.EINVAL;
        if (Overflows(now.CrtcX, now.CrtcW) || Overflows(now.CrtcY, now.CrtcH))
            return Errno.ERANGE;
        if (!IsWithin(now.SrcX, now.SrcW, framebuffer.Width) || !IsWithin(now.SrcY, now.SrcH, framebuffer.Height))
            return Errno.ENOSPC;
        // It goes dark on one CRTC before another may have it.
        if (!old[plane].Crtc.IsNone && old[plane].Crtc != now.Crtc)
            return Errno.EINVAL;
        if (IsScaled(now.SrcW, now.CrtcW) || IsScaled(now.SrcH, now.CrtcH))
            return Errno.ERANGE;
        return plane.Type != PlaneType.Primary || Covers(now, next[crtc].Mode) ? Errno.None : Errno.EINVAL;
    }

    private static bool Overflows(int at, uint length) => length > int.MaxValue || at > int.MaxValue - (int)length;

    private static bool IsWithin(uint at, uint length, uint size) => at + (ulong)length <= (ulong)size << 16;

    private static bool IsScaled(uint source, uint target) => target != 0 && source != (ulong)target << 16;

    /// <summary>A CRTC has nothing behind its primary plane.</summary>
    private static bool Covers(PlaneState now, ModeInfo? mode) =>
        mode is not null
        && now.CrtcX <= 0 && now.CrtcX + (long)now.CrtcW >= mode.HDisplay
        && now.CrtcY <= 0 && now.CrtcY + (long)now.CrtcH >= mode.VDisplay;
}
