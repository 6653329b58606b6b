using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>SETPLANE: from the request to a checked draft, refused in the kernel's order. Pure.</summary>
public static class SetPlaneCheck
{
    public static Errno Build(CommitDraft draft, ModeSetPlane call)
    {
        if (draft.Config.Find(call.Plane) is not { } plane)
            return Errno.ENOENT;
        if (call.Framebuffer.IsNone)
        {
            draft.SwitchOff(draft.Touch(plane));
            return CommitCheck.Check(draft);
        }

        if (draft.Old.Find(call.Framebuffer) is not { } framebuffer || draft.Config.Find(call.Crtc) is not { } crtc)
            return Errno.ENOENT;
        var change = draft.Touch(plane);
        draft.Move(change, crtc);
        change.New = change.New with
        {
            Framebuffer = framebuffer,
            CrtcX = call.CrtcX,
            CrtcY = call.CrtcY,
            CrtcW = call.CrtcW,
            CrtcH = call.CrtcH,
            SrcX = call.SrcX,
            SrcY = call.SrcY,
            SrcW = call.SrcW,
            SrcH = call.SrcH,
        };
        return CommitCheck.Check(draft);
    }
}
