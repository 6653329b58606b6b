using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>What a connected monitor is assumed to show when it says nothing: standard timings of at most 60 Hz, rounding aside.</summary>
public static class NoEdidModes
{
    private const int HighestRefresh = 61;

    /// <summary>The list of a connector that is connected without a usable EDID; none of it is preferred.</summary>
    public static ImmutableArray<ModeInfo> Default { get; } = UpTo(1024, 768);

    /// <summary>All such modes of at most <paramref name="width"/> by <paramref name="height"/> pixels, in a connector's order.</summary>
    public static ImmutableArray<ModeInfo> UpTo(int width, int height) => ModeList.Of(DmtModes.All.Where(mode =>
        mode.HDisplay <= width && mode.VDisplay <= height && mode.VRefresh <= HighestRefresh));
}
