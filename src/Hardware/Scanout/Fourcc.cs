namespace DrmActors.Hardware.Scanout;

/// <summary>Formats that the code names; all others are in <see cref="FormatTable"/>. drm_fourcc.h.</summary>
public static class Fourcc
{
    /// <summary>No format.</summary>
    public const uint Invalid = 0;

    public const uint C8 = 'C' | '8' << 8 | ' ' << 16 | ' ' << 24;
    public const uint Xrgb1555 = 'X' | 'R' << 8 | '1' << 16 | '5' << 24;
    public const uint Rgb565 = 'R' | 'G' << 8 | '1' << 16 | '6' << 24;
    public const uint Rgb888 = 'R' | 'G' << 8 | '2' << 16 | '4' << 24;
    public const uint Xrgb8888 = 'X' | 'R' << 8 | '2' << 16 | '4' << 24;
    public const uint Argb8888 = 'A' | 'R' << 8 | '2' << 16 | '4' << 24;
    public const uint Xrgb16161616 = 'X' | 'R' << 8 | '4' << 16 | '8' << 24;
    public const uint Argb16161616 = 'A' | 'R' << 8 | '4' << 16 | '8' << 24;
    public const uint Xrgb2101010 = 'X' | 'R' << 8 | '3' << 16 | '0' << 24;
    public const uint Nv12 = 'N' | 'V' << 8 | '1' << 16 | '2' << 24;

    /// <summary>Flag of a big-endian format; the table knows little-endian ones only.</summary>
    public const uint BigEndian = 1u << 31;
}
