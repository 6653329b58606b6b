using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>The properties of planes: read from a state, and set in a draft. Pure.</summary>
internal static class PlaneProperties
{
    private const int RectBytes = 16;
    private const Rotation Turns = Rotation.Rotate0 | Rotation.Rotate90 | Rotation.Rotate180 | Rotation.Rotate270;

    // A negative value of a signed range comes with its sign in all 64 bits.
    public static ulong Get(PlaneState now, AttachedProperty attached) => attached.Property.Role switch
    {
        PropertyRole.FbId => now.Framebuffer?.Id.Value ?? 0,
        PropertyRole.CrtcId => now.Crtc.Value,
        PropertyRole.SrcX => now.SrcX,
        PropertyRole.SrcY => now.SrcY,
        PropertyRole.SrcW => now.SrcW,
        PropertyRole.SrcH => now.SrcH,
        PropertyRole.CrtcX => (ulong)now.CrtcX,
        PropertyRole.CrtcY => (ulong)now.CrtcY,
        PropertyRole.CrtcW => now.CrtcW,
        PropertyRole.CrtcH => now.CrtcH,
        PropertyRole.Rotation => (ulong)now.Rotation,
        PropertyRole.Zpos => now.Zpos,
        PropertyRole.Alpha => now.Alpha,
        PropertyRole.BlendMode => (ulong)now.BlendMode,
        PropertyRole.ColorEncoding => (ulong)now.ColorEncoding,
        PropertyRole.ColorRange => (ulong)now.ColorRange,
        PropertyRole.ScalingFilter => now.ScalingFilter,
        PropertyRole.DamageClips => now.DamageClips?.Id.Value ?? 0,
        PropertyRole.HotspotX => (ulong)now.HotspotX,
        PropertyRole.HotspotY => (ulong)now.HotspotY,
        _ => attached.Initial,
    };

    /// <param name="value">One that the property takes.</param>
    public static Errno Set(CommitDraft draft, PlaneChange plane, PropertyRole role, ulong value)
    {
        var now = plane.New;
        switch (role)
        {
            case PropertyRole.FbId:
                plane.New = now with { Framebuffer = value == 0 ? null : draft.Old.Find(new FramebufferId((uint)value)) };
                return Errno.None;
            case PropertyRole.CrtcId:
                if (draft.Named(value, out var crtc) is var refusal && refusal != Errno.None)
                    return refusal;
                draft.Move(plane, crtc);
                return Errno.None;
            case PropertyRole.InFenceFd:
                return SetInFence(draft, plane, value);
            case PropertyRole.DamageClips:
                return BlobProperty.Find(draft.Old, value, elementBytes: RectBytes, bytes: 0, out var clips) is var errno && errno != Errno.None
                    ? errno
                    : Put(plane, now with { DamageClips = clips });
            case PropertyRole.Rotation:
                return ulong.PopCount(value & (ulong)Turns) == 1 ? Put(plane, now with { Rotation = (Rotation)value }) : Errno.EINVAL;
            case PropertyRole.SrcX: return Put(plane, now with { SrcX = (uint)value });
            case PropertyRole.SrcY: return Put(plane, now with { SrcY = (uint)value });
            case PropertyRole.SrcW: return Put(plane, now with { SrcW = (uint)value });
            case PropertyRole.SrcH: return Put(plane, now with { SrcH = (uint)value });
            case PropertyRole.CrtcX: return Put(plane, now with { CrtcX = (int)value });
            case PropertyRole.CrtcY: return Put(plane, now with { CrtcY = (int)value });
            case PropertyRole.CrtcW: return Put(plane, now with { CrtcW = (uint)value });
            case PropertyRole.CrtcH: return Put(plane, now with { CrtcH = (uint)value });
            case PropertyRole.Zpos: return Put(plane, now with { Zpos = (uint)value });
            case PropertyRole.Alpha: return Put(plane, now with { Alpha = (ushort)value });
            case PropertyRole.BlendMode: return Put(plane, now with { BlendMode = (BlendMode)value });
            case PropertyRole.ColorEncoding: return Put(plane, now with { ColorEncoding = (ColorEncoding)value });
            case PropertyRole.ColorRange: return Put(plane, now with { ColorRange = (ColorRange)value });
            case PropertyRole.ScalingFilter: return Put(plane, now with { ScalingFilter = (uint)value });
            case PropertyRole.HotspotX: return Put(plane, now with { HotspotX = (int)value });
            case PropertyRole.HotspotY: return Put(plane, now with { HotspotY = (int)value });
            default: return Errno.EINVAL;
        }
    }

    // One fence a plane, and nothing else after it.
    private static Errno SetInFence(CommitDraft draft, PlaneChange plane, ulong value)
    {
        if (!plane.InFence.IsNone)
            return Errno.EINVAL;
        if ((long)value == -1)
            return Errno.None;
        var descriptor = new Descriptor((int)value);
        if (draft.IsSyncFile is not { } isSyncFile || !isSyncFile(descriptor))
            return Errno.EINVAL;
        plane.InFence = descriptor;
        return Errno.None;
    }

    private static Errno Put(PlaneChange plane, PlaneState next)
    {
        // What is set to what it was is no change: the same object says so.
        if (next != plane.New)
            plane.New = next;
        return Errno.None;
    }
}
