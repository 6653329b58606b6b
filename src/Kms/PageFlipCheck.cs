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
        if ((call.Flags & ~Known) != PageFlipFlags.None || (call.Sequence != 0 && (call.Flags & Targets) == PageFlipFlags.None))
            return Errno.EINVAL;
        if ((call.Flags & Targets) == Targets || (call.Flags.HasFlag(PageFlipFlags.Async) && !draft.Config.AsyncPageFlip))
            return Errno.EINVAL;
        if (draft.Config.Find(call.Crtc) is not { } crtc)
            return Errno.ENOENT;
        // No driver here flips at a vblank of choice.
        if ((call.Flags & Targets) != PageFlipFlags.None)
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

    private static bool Covers(Framebuffer framebuffer, PlaneState plane) =>
        plane.SrcX + (ulong)plane.SrcW <= (ulong)framebuffer.Width << 16
        && plane.SrcY + (ulong)plane.SrcH <= (ulong)framebuffer.Height << 16;
}
