using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>CURSOR and CURSOR2 as checked drafts of the CRTC's cursor plane, refused in the kernel's order. Pure.</summary>
public static class CursorCheck
{
    private const CursorFlags Known = CursorFlags.Bo | CursorFlags.Move;
    private const uint BytesPerPixel = 4;

    /// <summary>What is refused before any buffer is looked at.</summary>
    public static Errno Check(KmsState state, ModeCursor2 call)
    {
        if (call.Flags == CursorFlags.None || (call.Flags & ~Known) != CursorFlags.None)
            return Errno.EINVAL;
        if (state.Config.Find(call.Crtc) is not { } crtc)
            return Errno.ENOENT;
        if (state.Config.CursorOf(crtc) is not null)
            return Errno.None;
        // Two functions that a driver may lack, and the kernel has an errno for each.
        return call.Flags.HasFlag(CursorFlags.Bo) ? Errno.ENXIO : Errno.EFAULT;
    }

    /// <summary>The cursor's buffer as the framebuffer that it becomes; null where the call brings none.</summary>
    public static ModeAddFb2? Framebuffer(ModeCursor2 call) => call.Flags.HasFlag(CursorFlags.Bo) && !call.Handle.IsNone
        ? new ModeAddFb2(
            call.Width,
            call.Height,
            Fourcc.Argb8888,
            FramebufferFlags.None,
            [new FramebufferPlane(call.Handle, unchecked(call.Width * BytesPerPixel), 0), default, default, default])
        : null;

    /// <param name="brought">What the call's handle became; null where it brings none.</param>
    public static Errno Build(CommitDraft draft, ModeCursor2 call, Framebuffer? brought)
    {
        var errno = Check(draft.Old, call);
        if (errno != Errno.None)
            return errno;
        var crtc = draft.Config.Find(call.Crtc)!;
        var plane = draft.Touch(draft.Config.CursorOf(crtc)!);
        // It stays where it was moved to last, shown or not.
        if (call.Flags.HasFlag(CursorFlags.Move))
            draft.Touch(crtc).Change(c => c with { CursorX = call.X, CursorY = call.Y });
        var shown = !call.Flags.HasFlag(CursorFlags.Bo) ? plane.Old.Framebuffer : brought is null ? null : draft.Add(brought);
        if (shown is null)
            draft.SwitchOff(plane);
        else
            Show(draft, plane, crtc, shown, call);
        return CommitCheck.Check(draft);
    }

    private static void Show(CommitDraft draft, PlaneChange plane, Crtc crtc, Framebuffer framebuffer, ModeCursor2 call)
    {
        draft.Move(plane, crtc);
        var isNew = call.Flags.HasFlag(CursorFlags.Bo);
        plane.New = plane.New with
        {
            Framebuffer = framebuffer,
            CrtcX = draft[crtc].CursorX,
            CrtcY = draft[crtc].CursorY,
            CrtcW = framebuffer.Width,
            CrtcH = framebuffer.Height,
            SrcX = 0,
            SrcY = 0,
            SrcW = framebuffer.Width << 16,
            SrcH = framebuffer.Height << 16,
            HotspotX = isNew ? call.HotX : plane.New.HotspotX,
            HotspotY = isNew ? call.HotY : plane.New.HotspotY,
        };
    }
}
