using DrmActors.Hardware.Scanout;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>What a plane shows and where. Source in 16.16 pixels of the framebuffer, target in pixels of the CRTC.</summary>
public sealed record PlaneState
{
    public static readonly PlaneState Off = new();

    public CrtcId Crtc { get; init; }

    public Framebuffer? Framebuffer { get; init; }

    public uint SrcX { get; init; }

    public uint SrcY { get; init; }

    public uint SrcW { get; init; }

    public uint SrcH { get; init; }

    public int CrtcX { get; init; }

    public int CrtcY { get; init; }

    public uint CrtcW { get; init; }

    public uint CrtcH { get; init; }

    /// <summary>Reflected, and then turned counter-clockwise.</summary>
    public Rotation Rotation { get; init; } = Rotation.Rotate0;

    /// <summary>The higher, the nearer; of two alike the one of the greater index.</summary>
    public uint Zpos { get; init; }

    /// <summary>0 for invisible, <see cref="Opaque"/> for as the pixels are.</summary>
    public ushort Alpha { get; init; } = Opaque;

    public BlendMode BlendMode { get; init; }

    public ColorEncoding ColorEncoding { get; init; }

    public ColorRange ColorRange { get; init; }

    /// <summary>0 as the driver likes, 1 the nearest pixel.</summary>
    public uint ScalingFilter { get; init; }

    /// <summary>What of the framebuffer is new, <c>struct drm_mode_rect</c> each; null for all. It holds for one commit.</summary>
    public Blob? DamageClips { get; init; }

    /// <summary>Where a cursor's picture points, in pixels of it.</summary>
    public int HotspotX { get; init; }

    public int HotspotY { get; init; }

    public const ushort Opaque = 0xffff;

    /// <summary>What lies side by side in the framebuffer lies one over the other on the screen.</summary>
    public bool IsTurned => (Rotation & (Rotation.Rotate90 | Rotation.Rotate270)) != Rotation.None;

    /// <summary>Nothing of it is seen any more, and how it would be mixed stays.</summary>
    public PlaneState Darkened() => this with
    {
        Crtc = default,
        Framebuffer = null,
        SrcX = 0,
        SrcY = 0,
        SrcW = 0,
        SrcH = 0,
        CrtcX = 0,
        CrtcY = 0,
        CrtcW = 0,
        CrtcH = 0,
    };

    /// <summary>What resetting leaves: the values that its properties were attached with.</summary>
    public static PlaneState Of(Plane plane)
    {
        var state = Off;
        foreach (var (property, initial) in plane.Properties)
            state = property.Role switch
            {
                PropertyRole.Rotation => state with { Rotation = (Rotation)initial },
                PropertyRole.Zpos => state with { Zpos = (uint)initial },
                PropertyRole.BlendMode => state with { BlendMode = (BlendMode)initial },
                PropertyRole.ColorEncoding => state with { ColorEncoding = (ColorEncoding)initial },
                PropertyRole.ColorRange => state with { ColorRange = (ColorRange)initial },
                _ => state,
            };
        return state;
    }
}
