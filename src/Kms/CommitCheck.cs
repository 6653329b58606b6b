using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>
/// Whether a draft can become the next state, whatever call it comes from: refused in the kernel's order, and by the restrictions of the device in
/// one place. What a modeset needs beside what was asked for joins the draft here. Pure.
/// </summary>
public static class CommitCheck
{
    public static Errno Check(CommitDraft draft)
    {
        var errno = CheckParts(draft);
        if (errno == Errno.None)
            errno = ModesetCheck.Check(draft);
        if (errno == Errno.None)
            errno = CheckHardware(draft);
        if (errno == Errno.None && draft.Config.Restriction is { } restriction)
            errno = restriction(draft);
        if (errno == Errno.None && !draft.AllowModeset && NeedsModeset(draft))
            errno = Errno.EINVAL;
        if (errno == Errno.None)
            DpmsCheck.Follow(draft);
        return errno;
    }

    private static bool NeedsModeset(CommitDraft draft)
    {
        foreach (var crtc in draft.Crtcs)
            if (crtc.NeedsModeset)
                return true;
        return false;
    }

    // What is wrong on any hardware.
    private static Errno CheckParts(CommitDraft draft)
    {
        foreach (var plane in draft.Planes)
            if (PlaneChecks.Check(draft, plane) is var errno && errno != Errno.None)
                return errno;
        foreach (var crtc in draft.Crtcs)
            if (CrtcChecks.Check(crtc) is var errno && errno != Errno.None)
                return errno;
        foreach (var connector in draft.Connectors)
            if (ConnectorChecks.Check(draft, connector) is var errno && errno != Errno.None)
                return errno;
        return Errno.None;
    }

    private static Errno CheckHardware(CommitDraft draft)
    {
        foreach (var plane in draft.Planes)
            if (PlaneChecks.CheckHardware(draft, plane) is var errno && errno != Errno.None)
                return errno;
        foreach (var crtc in draft.Crtcs)
            if (CrtcChecks.CheckHardware(crtc) is var errno && errno != Errno.None)
                return errno;
        return Errno.None;
    }
}
