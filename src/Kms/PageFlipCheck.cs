using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>PAGE_FLIP: from the request to a checked draft, refused in the kernel's order. Pure.</summary>
public static class PageFlipCheck
{
    private const PageFlipFlags Targets = PageFlipFlags.TargetAbsolute | PageFlipFlags.TargetRelative;
    private const PageFlipFlags Known = PageFlipFlags.Event | PageFlipFlags.Async | Targets;

    public static CommitDraft Draft(KmsState state, ModePageFlip call) =>
        new(state, allowModeset: false) { IsAsync = call.Flags.HasFlag(PageFlipFlags.Async) };

    /// <param name="hasEventSpace">Whether the file could reserve the event that it asks for.</param>
    public static Errno Build(CommitDraft draft, ModePageFlip call, bool hasEventSpace)
    {
        if (!AreFlagsValid(draft.Config, call))
            return Errno.EINVAL;
        if (draft.Config.Find(call.Crtc) is not { } crtc)
            return Errno.ENOENT;
        // Who can name a vblank looks for the present one first, and finds none while the CRTC is off.
        if (draft.Config.PageFlipTarget ? !draft.Old[crtc].Active : (call.Flags & Targets) != PageFlipFlags.None)
            return Errno.EINVAL;
        var plane = draft.Config.PrimaryOf(crtc);
        var now = draft.Old[plane];
        if (now.Framebuffer is null)
            return Errno.EBUSY;
        if (draft.Old.Find(call.Framebuffer) is not { } framebuffer)
            return Errno.ENOENT;
        if (!Covers(framebuffer, now))
            return Errno.ENOSPC;
        if (framebuffer.Format != now.Framebuffer.Format)
            return Errno.EINVAL;
        var wantsEvent = call.Flags.HasFlag(PageFlipFlags.Event);
        if (wantsEvent && !hasEventSpace)
            return Errno.ENOMEM;
        draft.Touch(crtc).HasEvent = wantsEvent;
        var change = draft.Touch(plane);
        draft.Move(change, crtc);
        change.New = change.New with { Framebuffer = framebuffer };
        return draft.Old[crtc].Active ? CommitCheck.Check(draft) : Errno.EINVAL;
    }

    /// <summary>Whether the call names its vblank, as far as nothing else is wrong before that is looked at: then the CRTC's count decides.</summary>
    public static bool HasTarget(ModeConfig config, ModePageFlip call, out Crtc? crtc)
    {
        crtc = config.Find(call.Crtc);
        return config.PageFlipTarget && (call.Flags & Targets) != PageFlipFlags.None && AreFlagsValid(config, call) && crtc is not null;
    }

    /// <summary>The next vblank at the latest. One that has passed means the next one as well.</summary>
    /// <param name="count">Of the CRTC, now.</param>
    public static bool CanAim(ModePageFlip call, ulong count) => call.Flags.HasFlag(PageFlipFlags.TargetRelative)
        ? call.Sequence <= 1
        : (int)(call.Sequence - (uint)count) <= 1;

    private static bool AreFlagsValid(ModeConfig config, ModePageFlip call) =>
        (call.Flags & ~Known) == PageFlipFlags.None
        && (call.Sequence == 0 || (call.Flags & Targets) != PageFlipFlags.None)
        && (call.Flags & Targets) != Targets
        && (!call.Flags.HasFlag(PageFlipFlags.Async) || config.AsyncPageFlip);

    private static bool Covers(Framebuffer framebuffer, PlaneState plane) =>
        plane.SrcX + (ulong)plane.SrcW <= (ulong)framebuffer.Width << 16
        && plane.SrcY + (ulong)plane.SrcH <= (ulong)framebuffer.Height << 16;
}
