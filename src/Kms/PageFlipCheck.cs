using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>PAGE_FLIP: from the request to the next state, refused in the kernel's order. Pure.</summary>
public static class PageFlipCheck
{
    private const PageFlipFlags Targets = PageFlipFlags.TargetAbsolute | PageFlipFlags.TargetRelative;
    private const PageFlipFlags Known = PageFlipFlags.Event | PageFlipFlags.Async | Targets;

    /// <param name="hasEventSpace">Whether the file could reserve the event that it asks for.</param>
    /// <param name="busy">Whether an earlier non-blocking commit of the CRTC has not latched yet.</param>
    public static Errno Build(KmsState state, ModePageFlip call, bool hasEventSpace, bool busy, out KmsState next)
    {
        next = state;
        if ((call.Flags & ~Known) != PageFlipFlags.None || (call.Sequence != 0 && (call.Flags & Targets) == PageFlipFlags.None))
            return Errno.EINVAL;
        // No driver here announces async or target flips, so asking for one is as wrong as asking for both targets.
        if ((call.Flags & (Targets | PageFlipFlags.Async)) != PageFlipFlags.None)
            return Errno.EINVAL;
        if (state.Config.Find(call.Crtc) is not { } crtc)
            return Errno.ENOENT;
        var plane = state.Config.PrimaryOf(crtc);
        var now = state[plane];
        if (now.Framebuffer is null)
            return Errno.EBUSY;
        if (state.Find(call.Framebuffer) is not { } framebuffer)
            return Errno.ENOENT;
        if (!Covers(framebuffer, now))
            return Errno.ENOSPC;
        if (framebuffer.Format != now.Framebuffer.Format || !plane.Scans(framebuffer))
            return Errno.EINVAL;
        if (call.Flags.HasFlag(PageFlipFlags.Event) && !hasEventSpace)
            return Errno.ENOMEM;
        if (!state[crtc].Active)
            return Errno.EINVAL;
        if (busy)
            return Errno.EBUSY;
        next = state.With(plane, now with { Framebuffer = framebuffer });
        return Errno.None;
    }

    private static bool Covers(Framebuffer framebuffer, PlaneState plane) =>
        plane.SrcX + (ulong)plane.SrcW <= (ulong)framebuffer.Width << 16
        && plane.SrcY + (ulong)plane.SrcH <= (ulong)framebuffer.Height << 16;
}
