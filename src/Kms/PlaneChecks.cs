using System.Runtime.InteropServices;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>Whether a plane can show what it is to show, refused in the kernel's order. Pure.</summary>
internal static class PlaneChecks
{
    public static Errno Check(CommitDraft draft, PlaneChange change)
    {
        var (plane, now) = (change.Plane, change.New);
        if (now.Crtc.IsNone != now.Framebuffer is null)
            return Errno.EINVAL;
        if (now.Framebuffer is not { } framebuffer || draft.Config.Find(now.Crtc) is not { } crtc)
            return Errno.None;
        if (!plane.IsFor(crtc) || !plane.Scans(framebuffer))
            return Errno.EINVAL;
        if (Overflows(now.CrtcX, now.CrtcW) || Overflows(now.CrtcY, now.CrtcH))
            return Errno.ERANGE;
        if (!IsWithin(now.SrcX, now.SrcW, framebuffer.Width) || !IsWithin(now.SrcY, now.SrcH, framebuffer.Height))
            return Errno.ENOSPC;
        if (now.DamageClips is { } clips && !AreWithin(clips, framebuffer))
            return Errno.EINVAL;
        // It goes dark on one CRTC before another may have it.
        return change.Old.Crtc.IsNone || change.Old.Crtc == now.Crtc ? Errno.None : Errno.EINVAL;
    }

    public static Errno CheckHardware(CommitDraft draft, PlaneChange change)
    {
        var (limits, now) = (change.Plane.Limits, change.New);
        if (now.Framebuffer is null || draft.Config.Find(now.Crtc) is not { } crtc)
            return Errno.None;
        var (width, height) = now.IsTurned ? (now.SrcH, now.SrcW) : (now.SrcW, now.SrcH);
        if (!Scales(limits, width, now.CrtcW) || !Scales(limits, height, now.CrtcH))
            return Errno.ERANGE;
        return limits.Covers && !Covers(now, draft[crtc].Mode) ? Errno.EINVAL : Errno.None;
    }

    private static bool Overflows(int at, uint length) => length > int.MaxValue || at > int.MaxValue - (int)length;

    private static bool IsWithin(uint at, uint length, uint size) => at + (ulong)length <= (ulong)size << 16;

    private static bool AreWithin(Blob clips, Framebuffer framebuffer)
    {
        var rectangles = MemoryMarshal.Cast<byte, int>(clips.Data.AsSpan());
        for (var i = 0; i + 3 < rectangles.Length; i += 4)
        {
            var (x1, y1, x2, y2) = (rectangles[i], rectangles[i + 1], rectangles[i + 2], rectangles[i + 3]);
            if (x1 >= x2 || y1 >= y2 || x1 < 0 || y1 < 0 || x2 > framebuffer.Width || y2 > framebuffer.Height)
                return false;
        }

        return true;
    }

    // Rounded down where it enlarges and up where it shrinks, so that a limit is never passed by a fraction. A target without pixels is not seen.
    private static bool Scales(PlaneLimits limits, uint source, uint target)
    {
        if (target == 0)
            return true;
        var scale = source > (ulong)target << 16 ? (source + (ulong)target - 1) / target : source / target;
        return scale >= limits.LeastScale && scale <= limits.GreatestScale;
    }

    /// <summary>A CRTC has nothing behind its primary plane.</summary>
    private static bool Covers(PlaneState now, ModeInfo? mode) =>
        mode is not null
        && now.CrtcX <= 0 && now.CrtcX + (long)now.CrtcW >= mode.HDisplay
        && now.CrtcY <= 0 && now.CrtcY + (long)now.CrtcH >= mode.VDisplay;
}
