using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Kms;

/// <summary>SETGAMMA: from the request to a checked draft, refused in the kernel's order. The same table is the property GAMMA_LUT. Pure.</summary>
public static class GammaCheck
{
    public static Errno Build(CommitDraft draft, ModeSetGamma call)
    {
        if (draft.Config.Find(call.Crtc) is not { } crtc)
            return Errno.ENOENT;
        if (crtc.GammaSize == 0)
            return Errno.ENOSYS;
        if (call.Size != crtc.GammaSize)
            return Errno.EINVAL;
        var (red, green, blue) = call.Table;
        if (red.Length != call.Size || green.Length != call.Size || blue.Length != call.Size)
            return Errno.EFAULT;
        var lut = draft.NewBlob(BlobContents.OfGamma(call.Table));
        // One table is all that the call knows of.
        draft.Touch(crtc).Change(c => c with { LegacyGamma = call.Table, GammaLut = lut, DegammaLut = null, Ctm = null });
        return CommitCheck.Check(draft);
    }
}
