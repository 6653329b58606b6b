namespace DrmActors.Hardware.Scanout;

/// <summary>
/// The "rotation" property: one angle, counter-clockwise, and any reflections. A picture is reflected first and then turned. drm_mode.h.
/// </summary>
[Flags]
public enum Rotation : uint
{
    None = 0,
    Rotate0 = 1 << 0,
    Rotate90 = 1 << 1,
    Rotate180 = 1 << 2,
    Rotate270 = 1 << 3,

    /// <summary>Left and right change places.</summary>
    ReflectX = 1 << 4,

    /// <summary>Top and bottom do.</summary>
    ReflectY = 1 << 5,
}

/// <summary>The "pixel blend mode" property: what a pixel's own alpha means.</summary>
public enum BlendMode
{
    /// <summary>It is in the colours already.</summary>
    Premultiplied = 0,

    /// <summary>The colours are to be multiplied with it.</summary>
    Coverage = 1,

    /// <summary>Nothing; only the plane's alpha counts.</summary>
    None = 2,
}

/// <summary>The "COLOR_ENCODING" property.</summary>
public enum ColorEncoding
{
    Bt601 = 0,
    Bt709 = 1,
    Bt2020 = 2,
}

/// <summary>The "COLOR_RANGE" property.</summary>
public enum ColorRange
{
    /// <summary>Luma from 16 to 235, chroma from 16 to 240.</summary>
    Limited = 0,

    /// <summary>Both from 0 to 255.</summary>
    Full = 1,
}

/// <summary>The "SCALING_FILTER" property.</summary>
public enum ScalingFilter
{
    /// <summary>The driver's own: bilinear.</summary>
    Default = 0,
    NearestNeighbor = 1,
}
