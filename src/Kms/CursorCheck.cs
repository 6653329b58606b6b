using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>CURSOR and CURSOR2 as commits of the CRTC's cursor plane, refused in the kernel's order. Pure.</summary>
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
    public static Errno Build(KmsState state, ModeCursor2 call, Framebuffer? brought, out KmsState next)
    {
        next = state;
        var errno = Check(state, call);
        if (errno != Errno.None)
            return errno;
        var crtc = state.Config.Find(call.Crtc)!;
        var plane = state.Config.CursorOf(crtc)!;
        var wanted = state;
        var shown = call.Flags.HasFlag(CursorFlags.Bo) ? brought : state[plane].Framebuffer;
        if (brought is not null)
        {
            wanted = wanted.Add(brought, out var id);
            shown = wanted.Find(id);
        }

        // It stays where it was moved to last, shown or not.
        if (call.Flags.HasFlag(CursorFlags.Move))
            wanted = wanted.With(crtc, wanted[crtc] with { CursorX = call.X, CursorY = call.Y });
        wanted = wanted.With(plane, shown is null ? PlaneState.Off : At(crtc, wanted[crtc], shown));
        errno = PlaneCheck.Check(state, wanted, plane);
        if (errno == Errno.None)
            next = wanted;
        return errno;
    }

    private static PlaneState At(Crtc crtc, CrtcState now, Framebuffer framebuffer) => new()
    {
        Crtc = crtc.Id,
        Framebuffer = framebuffer,
        CrtcX = now.CursorX,
        CrtcY = now.CursorY,
        CrtcW = framebuffer.Width,
        CrtcH = framebuffer.Height,
        SrcW = framebuffer.Width << 16,
        SrcH = framebuffer.Height << 16,
    };
}
