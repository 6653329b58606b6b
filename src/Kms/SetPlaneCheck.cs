using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>SETPLANE: from the request to the state that it asks for, refused in the kernel's order. Pure.</summary>
public static class SetPlaneCheck
{
    public static Errno Build(KmsState state, ModeSetPlane call, out KmsState next)
    {
        next = state;
        if (state.Config.Find(call.Plane) is not { } plane)
            return Errno.ENOENT;
        if (call.Framebuffer.IsNone)
        {
            next = state.With(plane, PlaneState.Off);
            return Errno.None;
        }

        if (state.Find(call.Framebuffer) is not { } framebuffer || state.Config.Find(call.Crtc) is not { } crtc)
            return Errno.ENOENT;
        var wanted = state.With(plane, new PlaneState
        {
            Crtc = crtc.Id,
            Framebuffer = framebuffer,
            CrtcX = call.CrtcX,
            CrtcY = call.CrtcY,
            CrtcW = call.CrtcW,
            CrtcH = call.CrtcH,
            SrcX = call.SrcX,
            SrcY = call.SrcY,
            SrcW = call.SrcW,
            SrcH = call.SrcH,
        });
        var errno = PlaneCheck.Check(state, wanted, plane);
        if (errno == Errno.None)
            next = wanted;
        return errno;
    }
}
