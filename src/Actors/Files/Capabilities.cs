using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Files;

/// <summary>GET_CAP: what the device can do, as far as it can now. drm.h.</summary>
internal static class Capabilities
{
    // DRM_PRIME_CAP_IMPORT and DRM_PRIME_CAP_EXPORT.
    private const ulong PrimeBoth = 3;

    public static Reply<CapValue> Read(Capability capability, ModeConfig config, DriverFeatures features) => capability switch
    {
        Capability.Prime => Value(features.HasFlag(DriverFeatures.Prime) ? PrimeBoth : 0),
        Capability.Syncobj => Value(features.HasFlag(DriverFeatures.Syncobj) ? 1u : 0u),
        Capability.SyncobjTimeline => Value(features.HasFlag(DriverFeatures.SyncobjTimeline) ? 1u : 0u),
        Capability.TimestampMonotonic => Value(1),
        // The others, and what nobody knows, are of mode setting.
        _ when !features.HasFlag(DriverFeatures.Modeset) => Reply<CapValue>.Failed(Errno.EOPNOTSUPP),
        Capability.DumbBuffer
            or Capability.VblankHighCrtc
            or Capability.Addfb2Modifiers
            or Capability.CrtcInVblankEvent => Value(1),
        Capability.CursorWidth => Value(config.CursorWidth),
        Capability.CursorHeight => Value(config.CursorHeight),
        Capability.AsyncPageFlip => Value(config.AsyncPageFlip ? 1u : 0u),
        Capability.PageFlipTarget => Value(config.PageFlipTarget ? 1u : 0u),
        // A kernel that knows of it says so only where it can; one that does not is the one that is followed here.
        Capability.AtomicAsyncPageFlip when config.AsyncPageFlip => Value(1),
        Capability.DumbPreferredDepth
            or Capability.DumbPreferShadow => Value(0),
        _ => Reply<CapValue>.Failed(Errno.EINVAL),
    };

    private static Reply<CapValue> Value(ulong value) => Reply<CapValue>.Success(new CapValue(value));
}
