using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>The properties of connectors: read from a state, and set in a draft. Pure.</summary>
internal static class ConnectorProperties
{
    /// <summary>Bytes of <c>struct hdr_output_metadata</c>, drm_mode.h.</summary>
    private const int HdrMetadataBytes = 32;

    /// <summary>The value of Content Protection that the driver reports, and nobody else sets.</summary>
    private const uint ContentProtected = 2;

    public static ulong Get(ConnectorState now, AttachedProperty attached) => attached.Property.Role switch
    {
        PropertyRole.Edid => now.EdidBlob?.Id.Value ?? 0,
        PropertyRole.Dpms => now.DpmsOff ? DpmsCheck.Off : DpmsCheck.On,
        PropertyRole.LinkStatus => now.LinkBad ? 1u : 0u,
        PropertyRole.CrtcId => now.Crtc.Value,
        PropertyRole.MaxBpc => now.MaxBpc ?? attached.Initial,
        PropertyRole.Colorspace => now.Colorspace,
        PropertyRole.HdrOutputMetadata => now.HdrMetadata?.Id.Value ?? 0,
        PropertyRole.ContentType => now.ContentType,
        PropertyRole.AspectRatio => now.AspectRatio,
        PropertyRole.ScalingMode => now.ScalingMode,
        PropertyRole.ContentProtection => now.ContentProtection,
        PropertyRole.HdcpContentType => now.HdcpContentType,
        // The hardware follows the software's wish at once.
        PropertyRole.PrivacyScreen or PropertyRole.PrivacyScreenHardware => now.PrivacyScreen,
        _ => attached.Initial,
    };

    /// <param name="value">One that the property takes.</param>
    public static Errno Set(CommitDraft draft, ConnectorChange connector, PropertyRole role, ulong value)
    {
        var now = connector.New;
        switch (role)
        {
            case PropertyRole.CrtcId:
                if (draft.Named(value, out var crtc) is var refusal && refusal != Errno.None)
                    return refusal;
                draft.Move(connector, crtc);
                return Errno.None;
            case PropertyRole.LinkStatus:
                // User space can say that a bad link is to be tried again, but not that a good one is bad.
                return Put(connector, now with { LinkBad = now.LinkBad && value != 0 });
            case PropertyRole.MaxBpc:
                return Put(connector, now with { MaxBpc = (uint)value });
            case PropertyRole.HdrOutputMetadata:
                var errno = BlobProperty.Find(draft.Old, value, 0, HdrMetadataBytes, out var blob);
                return errno == Errno.None ? Put(connector, now with { HdrMetadata = blob }) : errno;
            case PropertyRole.ContentProtection:
                return value == ContentProtected ? Errno.EINVAL : Put(connector, now with { ContentProtection = (uint)value });
            case PropertyRole.Colorspace: return Put(connector, now with { Colorspace = (uint)value });
            case PropertyRole.ContentType: return Put(connector, now with { ContentType = (uint)value });
            case PropertyRole.AspectRatio: return Put(connector, now with { AspectRatio = (uint)value });
            case PropertyRole.ScalingMode: return Put(connector, now with { ScalingMode = (uint)value });
            case PropertyRole.HdcpContentType: return Put(connector, now with { HdcpContentType = (uint)value });
            case PropertyRole.PrivacyScreen: return Put(connector, now with { PrivacyScreen = (uint)value });
            case PropertyRole.WritebackFramebuffer:
                connector.WritebackTarget = value == 0 ? null : draft.Old.Find(new FramebufferId((uint)value));
                return Errno.None;
            case PropertyRole.WritebackOutFence:
                connector.WritebackFence = value;
                return Errno.None;
            default:
                // DPMS has a call of its own, and is nothing that a commit could check.
                return Errno.EINVAL;
        }
    }

    private static Errno Put(ConnectorChange connector, ConnectorState next)
    {
        if (next != connector.New)
            connector.New = next;
        return Errno.None;
    }
}
