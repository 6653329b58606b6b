using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Kms;

/// <summary>SETGAMMA, and the same table as the property GAMMA_LUT: refused in the kernel's order. Pure.</summary>
public static class GammaCheck
{
    public static Errno Build(KmsState state, ModeSetGamma call, out KmsState next)
    {
        next = state;
        if (state.Config.Find(call.Crtc) is not { } crtc)
            return Errno.ENOENT;
        if (crtc.GammaSize == 0)
            return Errno.ENOSYS;
        if (call.Size != crtc.GammaSize)
            return Errno.EINVAL;
        var (red, green, blue) = call.Table;
        if (red.Length != call.Size || green.Length != call.Size || blue.Length != call.Size)
            return Errno.EFAULT;
        next = state.NewBlob(owner: 0, BlobContents.OfGamma(call.Table), out var lut);
        next = next.With(crtc, next[crtc] with { LegacyGamma = call.Table, GammaLut = lut });
        return Errno.None;
    }

    /// <param name="value">A blob's id; 0 for no table.</param>
    public static Errno BuildLut(KmsState state, Crtc crtc, ulong value, out KmsState next)
    {
        next = state;
        var lut = ModeObjectLookup.FindBlob(state, new BlobId((uint)value));
        if (lut is not null && BlobContents.ToGamma(lut.Data)?.Red.Length != crtc.GammaSize)
            return Errno.EINVAL;
        next = state.With(crtc, state[crtc] with { GammaLut = lut });
        return Errno.None;
    }
}
