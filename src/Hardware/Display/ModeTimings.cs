using System.Globalization;
using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>What follows from a mode's numbers: rates, name, and when two modes are the same one.</summary>
public static class ModeTimings
{
    /// <summary>
    /// Frames a second (fields, when interlaced), rounded to the nearest. 0 where a total is 0, or where clock or pixels a
    /// frame do not fit 32 bits: what <c>drm_mode_modeinfo.vrefresh</c> says then.
    /// </summary>
    public static uint VRefresh(ModeInfo mode)
    {
        ArgumentNullException.ThrowIfNull(mode);
        ulong pixels = (ulong)mode.HTotal * mode.VTotal * Math.Max(mode.VScan, (ushort)1);
        if (mode.Flags.HasFlag(ModeFlags.DoubleScan)) pixels *= 2;
        ulong clock = mode.Clock;
        if (mode.Flags.HasFlag(ModeFlags.Interlace)) clock *= 2;
        return pixels is 0 or > uint.MaxValue || clock > uint.MaxValue ? 0 : (uint)((clock * 1000 + pixels / 2) / pixels);
    }

    /// <summary>The exact refresh rate, rounded to a thousandth of a hertz.</summary>
    /// <exception cref="ArgumentException">Clock, htotal or vtotal is 0.</exception>
    public static long RefreshMillihertz(ModeInfo mode)
    {
        var period = FramePeriod.Of(mode);
        return (long)(((Int128)period.Denominator * 1_000_000_000_000 + period.Numerator / 2) / period.Numerator);
    }

    /// <summary>Lines a second in kHz, rounded to the nearest.</summary>
    internal static uint HSyncKilohertz(ModeInfo mode) => mode.HTotal == 0 ? 0 : (mode.Clock + mode.HTotal / 2u) / mode.HTotal;

    /// <summary>A driver's mode, named and with its refresh; all in pixels, lines and kHz.</summary>
    internal static ModeInfo Create(
        long clock, int hdisplay, int hsyncStart, int hsyncEnd, int htotal,
        int vdisplay, int vsyncStart, int vsyncEnd, int vtotal, ModeFlags flags) => Named(new ModeInfo
        {
            Clock = (uint)clock,
            HDisplay = (ushort)hdisplay,
            HSyncStart = (ushort)hsyncStart,
            HSyncEnd = (ushort)hsyncEnd,
            HTotal = (ushort)htotal,
            VDisplay = (ushort)vdisplay,
            VSyncStart = (ushort)vsyncStart,
            VSyncEnd = (ushort)vsyncEnd,
            VTotal = (ushort)vtotal,
            Flags = flags,
            Type = ModeTypes.Driver,
        });

    /// <summary>The same timing with the name ("1920x1080", "1920x1080i") and refresh that belong to it.</summary>
    internal static ModeInfo Named(ModeInfo mode) => mode with
    {
        VRefresh = VRefresh(mode),
        Name = string.Create(CultureInfo.InvariantCulture,
            $"{mode.HDisplay}x{mode.VDisplay}{(mode.Flags.HasFlag(ModeFlags.Interlace) ? "i" : "")}"),
    };

    /// <summary>Whether a connector lists two modes as one: timing, clock, flags, stereo layout and picture aspect.</summary>
    internal static bool Equal(ModeInfo a, ModeInfo b) => EqualButAspect(a, b) && SameIn(a, b, ModeFlags.AspectMask);

    internal static bool EqualButAspect(ModeInfo a, ModeInfo b) =>
        SameTiming(a, b) && SameClock(a.Clock, b.Clock) && SameIn(a, b, ~ModeFlags.AspectMask);

    /// <summary>Same sizes, sync pulses and scan flags; clock, stereo layout and picture aspect may differ.</summary>
    internal static bool SameTiming(ModeInfo a, ModeInfo b) =>
        a.HDisplay == b.HDisplay && a.HSyncStart == b.HSyncStart && a.HSyncEnd == b.HSyncEnd && a.HTotal == b.HTotal && a.HSkew == b.HSkew
        && a.VDisplay == b.VDisplay && a.VSyncStart == b.VSyncStart && a.VSyncEnd == b.VSyncEnd && a.VTotal == b.VTotal
        && a.VScan == b.VScan
        && SameIn(a, b, ~(ModeFlags.AspectMask | ModeFlags.StereoMask));

    internal static bool SameIn(ModeInfo a, ModeInfo b, ModeFlags mask) => (a.Flags & mask) == (b.Flags & mask);

    /// <summary>Clocks are compared as whole picoseconds a pixel, the unit of the older framebuffer interface.</summary>
    internal static bool SameClock(uint a, uint b) => a == 0 || b == 0 ? a == b : 1_000_000_000 / a == 1_000_000_000 / b;
}

/// <summary>Picture aspect ratios as mode flags, <c>DRM_MODE_FLAG_PIC_AR_*</c> of drm_mode.h.</summary>
internal static class PictureAspect
{
    internal const ModeFlags Ratio4x3 = (ModeFlags)(1 << 19);
    internal const ModeFlags Ratio16x9 = (ModeFlags)(2 << 19);
    internal const ModeFlags Ratio64x27 = (ModeFlags)(3 << 19);
    internal const ModeFlags Ratio256x135 = (ModeFlags)(4 << 19);
}
