using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>Why a mode cannot be one.</summary>
public enum ModeStatus
{
    Ok,

    /// <summary>A type, flag or stereo layout that does not exist.</summary>
    Bad,

    /// <summary>No pixel clock.</summary>
    ClockLow,

    /// <summary>No width, or display, sync start, sync end and total not in ascending order.</summary>
    HorizontalIllegal,

    /// <summary>No height, or display, sync start, sync end and total not in ascending order.</summary>
    VerticalIllegal,
}

/// <summary>The checks that any mode must pass on any display controller.</summary>
public static class ModeValidation
{
    private const ModeTypes KnownTypes = ModeTypes.Preferred | ModeTypes.UserDefined | ModeTypes.Driver;

    private const ModeFlags KnownFlags =
        ModeFlags.PHSync | ModeFlags.NHSync | ModeFlags.PVSync | ModeFlags.NVSync | ModeFlags.Interlace | ModeFlags.DoubleScan
        | ModeFlags.CSync | ModeFlags.PCSync | ModeFlags.NCSync | ModeFlags.HSkew | ModeFlags.DoubleClock | ModeFlags.ClockDivide2
        | ModeFlags.StereoMask | ModeFlags.AspectMask;

    private const ModeFlags LastStereo = (ModeFlags)(8 << 14);

    /// <summary>The first thing wrong with <paramref name="mode"/>, in the kernel's order.</summary>
    public static ModeStatus Check(ModeInfo mode)
    {
        ArgumentNullException.ThrowIfNull(mode);
        if ((mode.Type & ~KnownTypes) != ModeTypes.None || (mode.Flags & ~KnownFlags) != ModeFlags.None) return ModeStatus.Bad;
        if ((mode.Flags & ModeFlags.StereoMask) > LastStereo) return ModeStatus.Bad;
        if (mode.Clock == 0) return ModeStatus.ClockLow;
        if (!Ascends(mode.HDisplay, mode.HSyncStart, mode.HSyncEnd, mode.HTotal)) return ModeStatus.HorizontalIllegal;
        return Ascends(mode.VDisplay, mode.VSyncStart, mode.VSyncEnd, mode.VTotal) ? ModeStatus.Ok : ModeStatus.VerticalIllegal;
    }

    /// <summary>
    /// Takes a mode that a client sent: unknown type bits and an unknown picture aspect are forgiven and cleared, the rest is
    /// checked. <see cref="Errno.ERANGE"/>: clock or vrefresh beyond 31 bits; <see cref="Errno.EINVAL"/>: not <see cref="ModeStatus.Ok"/>.
    /// </summary>
    public static Errno FromClient(ModeInfo sent, out ModeInfo mode)
    {
        ArgumentNullException.ThrowIfNull(sent);
        var aspect = sent.Flags & ModeFlags.AspectMask;
        if (aspect > PictureAspect.Ratio256x135) aspect = ModeFlags.None;
        mode = sent with { Type = sent.Type & KnownTypes, Flags = (sent.Flags & ~ModeFlags.AspectMask) | aspect };
        if (sent.Clock > int.MaxValue || sent.VRefresh > int.MaxValue) return Errno.ERANGE;
        return Check(mode) == ModeStatus.Ok ? Errno.None : Errno.EINVAL;
    }

    private static bool Ascends(ushort display, ushort syncStart, ushort syncEnd, ushort total) =>
        display != 0 && syncStart >= display && syncEnd >= syncStart && total >= syncEnd;
}
