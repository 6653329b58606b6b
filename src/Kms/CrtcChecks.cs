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

    public static Errno CheckHardware(CrtcChange crtc)
    {
        if (IsNew(crtc.Old.GammaLut, crtc.New.GammaLut) && !Fits(crtc.New.GammaLut!, crtc.Crtc.GammaSize))
            return Errno.EINVAL;
        return IsNew(crtc.Old.DegammaLut, crtc.New.DegammaLut) && !Fits(crtc.New.DegammaLut!, crtc.Crtc.DegammaSize)
            ? Errno.EINVAL
            : Errno.None;
    }

    private static bool IsNew(Blob? before, Blob? after) => after is not null && !ReferenceEquals(before, after);

    private static bool Fits(Blob table, uint entries) => table.Data.Length == entries * LutEntryBytes;
}
