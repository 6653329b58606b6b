using System.Collections.Immutable;

namespace DrmActors.Hardware.Boards;

/// <summary>What a board's hardware refuses beyond what its objects say of themselves. Null, empty and false for no such limit.</summary>
public sealed record LimitsDescription
{
    public static readonly LimitsDescription None = new();

    /// <summary>At most so many planes on one CRTC.</summary>
    public uint? PlanesPerCrtc { get; init; }

    /// <summary>At most so many lit CRTCs.</summary>
    public uint? ActiveCrtcs { get; init; }

    /// <summary>kHz of all modes together.</summary>
    public uint? TotalPixelClock { get; init; }

    /// <summary>Bytes a second that all CRTCs together read.</summary>
    public ulong? MemoryBandwidth { get; init; }

    /// <summary>Target over source, at most, of any plane.</summary>
    public ScaleRange? Scaling { get; init; }

    /// <summary>Pixels of a cursor's framebuffer, exactly one of these.</summary>
    public ImmutableArray<PixelSize> CursorSizes { get; init; } = [];

    public PixelSize? LeastCursor { get; init; }

    public PixelSize? GreatestCursor { get; init; }

    /// <summary>At most so many planes of a CRTC show this format, a fourcc.</summary>
    public ImmutableArray<(uint Format, uint Planes)> PlanesPerFormat { get; init; } = [];

    /// <summary>A lit CRTC shows its primary plane.</summary>
    public bool PrimaryMustBeOn { get; init; }

    /// <summary>No overlay lies over its CRTC's primary plane.</summary>
    public bool OverlayBelowPrimaryOnly { get; init; }

    /// <summary>All planes of a CRTC are scaled alike.</summary>
    public bool SameScaling { get; init; }

    /// <summary>What is read of a YUV framebuffer begins at an even column.</summary>
    public bool YuvStartsEven { get; init; }

    /// <summary>YUV framebuffers are not turned upside down.</summary>
    public bool YuvNotReflectedY { get; init; }

    /// <summary>Framebuffers of any layout but the linear one are read from their first pixel on, and not turned.</summary>
    public bool TiledFromTheCorner { get; init; }
}

/// <summary>How far a plane may be scaled: source over target, in 16.16.</summary>
public readonly record struct ScaleRange(uint Least, uint Greatest)
{
    public static readonly ScaleRange Unscaled = new(1 << 16, 1 << 16);
}

/// <summary>In pixels.</summary>
public readonly record struct PixelSize(uint Width, uint Height)
{
    public override string ToString() => $"{Width}x{Height}";
}
