using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>Whether a CRTC can be as it is to be. Pure.</summary>
internal static class CrtcChecks
{
    private const int LutEntryBytes = 8;

    public static Errno Check(CrtcChange crtc)
    {
        if (crtc.New.Active && crtc.New.Mode is null)
            return Errno.EINVAL;
        // The last vblank of one that goes off is still there to tell of; one that is off and stays off has none.
        return crtc.HasEvent && !crtc.New.Active && !crtc.Old.Active ? Errno.EINVAL : Errno.None;
    }

    public static Errno CheckHardware(CrtcChange crtc) =>
        Fits(crtc.Old.GammaLut, crtc.New.GammaLut, crtc.Crtc.GammaSize)
            && Fits(crtc.Old.DegammaLut, crtc.New.DegammaLut, crtc.Crtc.DegammaSize)
            ? Errno.None
            : Errno.EINVAL;

    private static bool Fits(Blob? before, Blob? after, uint entries) =>
        after is null || ReferenceEquals(before, after) || after.Data.Length == entries * LutEntryBytes;
}
