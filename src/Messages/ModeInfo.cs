namespace DrmActors.Messages;

/// <summary>Timing flags of a mode, <c>DRM_MODE_FLAG_*</c> of drm_mode.h.</summary>
[Flags]
public enum ModeFlags : uint
{
    None = 0,
    PHSync = 1 << 0,
    NHSync = 1 << 1,
    PVSync = 1 << 2,
    NVSync = 1 << 3,
    Interlace = 1 << 4,
    DoubleScan = 1 << 5,
    CSync = 1 << 6,
    PCSync = 1 << 7,
    NCSync = 1 << 8,
    HSkew = 1 << 9,
    Broadcast = 1 << 10,
    PixelMultiplex = 1 << 11,
    DoubleClock = 1 << 12,
    ClockDivide2 = 1 << 13,
    StereoMask = 0x1f << 14,
    AspectMask = 0xf << 19,
}

/// <summary>Where a mode comes from, <c>DRM_MODE_TYPE_*</c> of drm_mode.h.</summary>
[Flags]
public enum ModeTypes : uint
{
    None = 0,
    Builtin = 1 << 0,
    Preferred = 1 << 3,
    Default = 1 << 4,
    UserDefined = 1 << 5,
    Driver = 1 << 6,
}

/// <summary>A display timing: pixels and lines, <see cref="Clock"/> in kHz. <c>struct drm_mode_modeinfo</c>, drm_mode.h.</summary>
public sealed record ModeInfo
{
    public uint Clock { get; init; }

    public ushort HDisplay { get; init; }

    public ushort HSyncStart { get; init; }

    public ushort HSyncEnd { get; init; }

    public ushort HTotal { get; init; }

    public ushort HSkew { get; init; }

    public ushort VDisplay { get; init; }

    public ushort VSyncStart { get; init; }

    public ushort VSyncEnd { get; init; }

    public ushort VTotal { get; init; }

    public ushort VScan { get; init; }

    /// <summary>Frames a second, rounded to the nearest; informational, the exact rate follows from the totals.</summary>
    public uint VRefresh { get; init; }

    public ModeFlags Flags { get; init; }

    public ModeTypes Type { get; init; }

    /// <summary>At most 31 bytes, as "1920x1080".</summary>
    public string Name { get; init; } = "";

    /// <summary>Whether both make the same picture: name, refresh rate and where a mode comes from do not count.</summary>
    public static bool HaveOneTiming(ModeInfo? one, ModeInfo? other) =>
        ReferenceEquals(one, other)
        || (one is not null && other is not null && one == other with { Name = one.Name, Type = one.Type, VRefresh = one.VRefresh });

    public override string ToString() => $"{Name}@{VRefresh}";
}
