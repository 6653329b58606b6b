using System.Collections.Immutable;
using DrmActors.Hardware.Scanout;

namespace DrmActors.Hardware.Boards;

/// <summary>The section "limits": each key is one limit, and any of them may stand together.</summary>
internal static class LimitsReader
{
    private const uint MostClock = 100_000_000;

    internal static readonly ImmutableArray<string> Keys =
    [
        "planes-per-crtc", "active-crtcs", "total-pixel-clock", "memory-bandwidth", "max-upscale", "max-downscale", "cursor-sizes",
        "min-cursor", "max-cursor", "planes-per-format", "primary-must-be-on", "overlay-below-primary-only", "same-scaling",
        "yuv-starts-even", "yuv-not-reflected-y", "tiled-from-the-corner",
    ];

    internal static LimitsDescription Read(BoardSection limits)
    {
        limits.Only([.. Keys]);
        return new LimitsDescription
        {
            PlanesPerCrtc = limits.OptionalWhole("planes-per-crtc", 1, 64),
            ActiveCrtcs = limits.OptionalWhole("active-crtcs", 1, 32),
            TotalPixelClock = limits.OptionalWhole("total-pixel-clock", 1, MostClock),
            MemoryBandwidth = limits.Has("memory-bandwidth") ? (ulong)limits.Bytes("memory-bandwidth", 1) : null,
            Scaling = limits.Has("max-upscale") || limits.Has("max-downscale") ? limits.Scaling() : null,
            CursorSizes = limits.Has("cursor-sizes") ? limits.Sizes("cursor-sizes") : [],
            LeastCursor = limits.Has("min-cursor") ? limits.Size("min-cursor") : null,
            GreatestCursor = limits.Has("max-cursor") ? limits.Size("max-cursor") : null,
            PlanesPerFormat = limits.Has("planes-per-format") ? PerFormat(limits.Section("planes-per-format")) : [],
            PrimaryMustBeOn = limits.IsOn("primary-must-be-on"),
            OverlayBelowPrimaryOnly = limits.IsOn("overlay-below-primary-only"),
            SameScaling = limits.IsOn("same-scaling"),
            YuvStartsEven = limits.IsOn("yuv-starts-even"),
            YuvNotReflectedY = limits.IsOn("yuv-not-reflected-y"),
            TiledFromTheCorner = limits.IsOn("tiled-from-the-corner"),
        };
    }

    private static ImmutableArray<(uint Format, uint Planes)> PerFormat(BoardSection formats)
    {
        formats.Only([.. FormatTable.All.Select(f => f.Name)]);
        return [.. formats.Names.Select(name => (FormatTable.FindByName(name)!.Code, formats.Whole(name, 0, 64)))];
    }
}
