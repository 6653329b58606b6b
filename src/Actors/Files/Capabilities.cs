using DrmActors.Messages;

namespace DrmActors.Actors.Files;

/// <summary>GET_CAP: what the device can do, as far as it can now. drm.h.</summary>
internal static class Capabilities
{
    private const ulong CursorSize = 64;

    public static Reply<CapValue> Read(Capability capability) => capability switch
    {
        Capability.DumbBuffer
            or Capability.VblankHighCrtc
            or Capability.TimestampMonotonic
            or Capability.Addfb2Modifiers
            or Capability.CrtcInVblankEvent => Value(1),
        Capability.CursorWidth or Capability.CursorHeight => Value(CursorSize),
        Capability.DumbPreferredDepth
            or Capability.DumbPreferShadow
            or Capability.Prime
            or Capability.AsyncPageFlip
            or Capability.PageFlipTarget
            or Capability.Syncobj
            or Capability.SyncobjTimeline => Value(0),
        _ => Reply<CapValue>.Failed(Errno.EINVAL),
    };

    private static Reply<CapValue> Value(ulong value) => Reply<CapValue>.Success(new CapValue(value));
}
