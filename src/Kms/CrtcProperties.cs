using DrmActors.Hardware.Display;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Kms;

/// <summary>The properties of CRTCs: read from a state, and set in a draft. Pure.</summary>
internal static class CrtcProperties
{
    private const int LutEntryBytes = 8;
    private const int CtmBytes = 72;

    public static ulong Get(CrtcState now, AttachedProperty attached) => attached.Property.Role switch
    {
        PropertyRole.Active => now.Active ? 1u : 0u,
        PropertyRole.ModeId => now.ModeBlob?.Id.Value ?? 0,
        PropertyRole.VrrEnabled => now.VrrEnabled ? 1u : 0u,
        PropertyRole.DegammaLut => now.DegammaLut?.Id.Value ?? 0,
        PropertyRole.Ctm => now.Ctm?.Id.Value ?? 0,
        PropertyRole.GammaLut => now.GammaLut?.Id.Value ?? 0,
        PropertyRole.ScalingFilter => now.ScalingFilter,
        PropertyRole.BackgroundColor => now.Background,
        _ => attached.Initial,
    };

    /// <param name="value">One that the property takes.</param>
    public static Errno Set(CommitDraft draft, CrtcChange crtc, PropertyRole role, ulong value)
    {
        var now = crtc.New;
        Blob? blob;
        Errno errno;
        switch (role)
        {
            case PropertyRole.Active:
                return Put(crtc, now with { Active = value != 0 });
            case PropertyRole.ModeId:
                errno = FindMode(draft.Old, now, value, out blob, out var mode);
                return errno == Errno.None ? Put(crtc, now with { Mode = mode, ModeBlob = blob }) : errno;
            case PropertyRole.VrrEnabled:
                return Put(crtc, now with { VrrEnabled = value != 0 });
            case PropertyRole.DegammaLut:
                errno = BlobProperty.Find(draft.Old, value, LutEntryBytes, 0, out blob);
                return errno == Errno.None ? Put(crtc, now with { DegammaLut = blob }) : errno;
            case PropertyRole.Ctm:
                errno = BlobProperty.Find(draft.Old, value, 0, CtmBytes, out blob);
                return errno == Errno.None ? Put(crtc, now with { Ctm = blob }) : errno;
            case PropertyRole.GammaLut:
                errno = BlobProperty.Find(draft.Old, value, LutEntryBytes, 0, out blob);
                return errno == Errno.None ? Put(crtc, now with { GammaLut = blob }) : errno;
            case PropertyRole.OutFencePtr:
                crtc.OutFence = value;
                return Errno.None;
            case PropertyRole.ScalingFilter:
                return Put(crtc, now with { ScalingFilter = (uint)value });
            case PropertyRole.BackgroundColor:
                return Put(crtc, now with { Background = value });
            default:
                return Errno.EINVAL;
        }
    }

    private static Errno FindMode(KmsState state, CrtcState now, ulong value, out Blob? blob, out ModeInfo? mode)
    {
        (blob, mode) = (now.ModeBlob, now.Mode);
        if (value == (blob?.Id.Value ?? 0))
            return Errno.None;
        (blob, mode) = (null, null);
        if (value == 0)
            return Errno.None;
        if (ModeObjectLookup.FindBlob(state, new BlobId((uint)value)) is not { } found || BlobContents.ToMode(found.Data) is not { } sent)
            return Errno.EINVAL;
        blob = found;
        // Whatever is wrong with it, the property does not take it.
        return ModeValidation.FromClient(sent, out mode) == Errno.None ? Errno.None : Errno.EINVAL;
    }

    private static Errno Put(CrtcChange crtc, CrtcState next)
    {
        if (next != crtc.New)
            crtc.New = next;
        return Errno.None;
    }
}
