using DrmActors.Hardware.Display;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>SETCRTC: from the request to a checked draft, refused in the kernel's order. Pure.</summary>
public static class SetCrtcCheck
{
    private const uint CoordinateMask = 0xffff0000;

    /// <param name="aspectRatio">The caller understands the aspect ratio of a mode; else it cannot mean one.</param>
    public static Errno Build(CommitDraft draft, ModeSetCrtc call, bool aspectRatio = true)
    {
        if (((call.X | call.Y) & CoordinateMask) != 0)
            return Errno.ERANGE;
        if (draft.Config.Find(call.Crtc) is not { } crtc)
            return Errno.ENOENT;
        Framebuffer? framebuffer = null;
        if (call.Mode is { } sent)
        {
            var errno = FindFramebuffer(draft.Old, crtc, call, out framebuffer);
            if (errno != Errno.None)
                return errno;
            if (!aspectRatio && (sent.Flags & ModeFlags.AspectMask) != ModeFlags.None)
                return Errno.EINVAL;
            errno = ModeValidation.FromClient(sent, out var mode);
            if (errno != Errno.None)
                return errno;
            call = call with { Mode = mode };
            if (!draft.Config.PrimaryOf(crtc).Scans(framebuffer!))
                return Errno.EINVAL;
            if (!Shows(framebuffer!, mode, call.X, call.Y))
                return Errno.ENOSPC;
        }

        if (call.Connectors.IsEmpty != call.Mode is null || call.Connectors.Length > draft.Config.Connectors.Length)
            return Errno.EINVAL;
        for (var i = 0; i < call.Connectors.Length; i++)
        {
            if (i == call.CutAt)
                return Errno.EFAULT;
            if (draft.Config.Find(call.Connectors[i]) is null)
                return Errno.ENOENT;
        }

        Light(draft, crtc, call, framebuffer);
        Connect(draft, crtc, call);
        return CommitCheck.Check(draft);
    }

    private static Errno FindFramebuffer(KmsState state, Crtc crtc, ModeSetCrtc call, out Framebuffer? framebuffer)
    {
        if (call.Framebuffer == ModeSetCrtc.KeepFramebuffer)
        {
            framebuffer = state.PrimaryOf(crtc).Framebuffer;
            return framebuffer is null ? Errno.EINVAL : Errno.None;
        }

        framebuffer = state.Find(call.Framebuffer);
        return framebuffer is null ? Errno.ENOENT : Errno.None;
    }

    private static bool Shows(Framebuffer framebuffer, ModeInfo mode, uint x, uint y) =>
        mode.HDisplay <= framebuffer.Width && mode.VDisplay <= framebuffer.Height
        && x <= framebuffer.Width - mode.HDisplay && y <= framebuffer.Height - mode.VDisplay;

    private static void Light(CommitDraft draft, Crtc crtc, ModeSetCrtc call, Framebuffer? framebuffer)
    {
        StateChanges.SetMode(draft, crtc, call.Mode);
        var primary = draft.Touch(draft.Config.PrimaryOf(crtc));
        if (call.Mode is not { } mode)
        {
            draft.Move(primary, null);
            primary.New = primary.New with { Framebuffer = null };
            return;
        }

        draft.Move(primary, crtc);
        var isTurned = primary.New.IsTurned;
        primary.New = primary.New with
        {
            Framebuffer = framebuffer,
            SrcX = call.X << 16,
            SrcY = call.Y << 16,
            SrcW = (uint)(isTurned ? mode.VDisplay : mode.HDisplay) << 16,
            SrcH = (uint)(isTurned ? mode.HDisplay : mode.VDisplay) << 16,
            CrtcX = 0,
            CrtcY = 0,
            CrtcW = mode.HDisplay,
            CrtcH = mode.VDisplay,
        };
    }

    private static void Connect(CommitDraft draft, Crtc crtc, ModeSetCrtc call)
    {
        foreach (var index in draft.Touch(crtc).New.Connectors)
        {
            var had = draft.Touch(draft.Config.Connectors[index]);
            draft.Move(had, null);
            // Lighting it again trains the link again.
            had.New = had.New with { LinkBad = false };
        }

        foreach (var id in call.Connectors)
            draft.Move(draft.Touch(draft.Config.Find(id)!), crtc);
        // Whoever has an encoder that is wanted here loses it.
        foreach (var id in call.Connectors)
            if (ModesetCheck.FindEncoder(draft.Config, draft.Config.Find(id)!, crtc) is { } encoder)
                foreach (var other in draft.Config.ConnectorsOf(encoder))
                    if (draft[other].Crtc != crtc.Id && draft[other].Encoder == encoder.Id)
                        draft.Move(draft.Touch(other), null);
        foreach (var left in draft.Crtcs)
            if (left is { New: { Mode: not null, Connectors.IsEmpty: true } } && left.Crtc != crtc)
                StateChanges.SetMode(draft, left.Crtc, null);
    }
}
