using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>Modes that an EDID does not name, of a monitor that takes any timing within its range limits.</summary>
internal static class InferredModes
{
    private static readonly (int Width, int Height)[] WideSizes =
        [(1024, 576), (1366, 768), (1600, 900), (1680, 945), (1920, 1080), (2048, 1152), (2048, 1536)];

    /// <summary>
    /// Adds to <paramref name="probed"/> what fits the ranges, is no larger than a mode known by then, and is not there yet.
    /// </summary>
    internal static void AddTo(EdidImage edid, List<(ModeSource Source, ModeInfo Mode)> probed)
    {
        if (!edid.IsContinuousFrequency || edid.Revision < 1) return;
        var reduced = edid.SupportsReducedBlanking;
        foreach (var range in edid.RangeLimits())
        {
            foreach (var mode in DmtModes.All.Concat(edid.Revision < 2 ? [] : Computed(range, reduced)))
            {
                if (!range.Allows(mode) || (DmtModes.IsReducedBlanking(mode) && !reduced)) continue;
                if (IsNew(mode, probed)) probed.Add((ModeSource.Inferred, mode));
            }
        }
    }

    private static IEnumerable<ModeInfo> Computed(RangeLimits range, bool reduced)
    {
        if (range.IsCvt) return WideSizes.Select(size => Cvt.Mode(size.Width, size.Height, 60, reduced));
        return !range.IsGtf ? [] : WideSizes.Select(size => Gtf.Mode(size.Width, size.Height, 60, GtfCurve.Default)).OfType<ModeInfo>()
            .Select(mode => mode is { HDisplay: 1368, VDisplay: 768 } ? StandardTiming.AsPanel(mode) : mode);
    }

    private static bool IsNew(ModeInfo mode, List<(ModeSource Source, ModeInfo Mode)> probed) =>
        probed.Exists(other => mode.HDisplay <= other.Mode.HDisplay && mode.VDisplay <= other.Mode.VDisplay)
        && !probed.Exists(other => mode.HDisplay == other.Mode.HDisplay && mode.VDisplay == other.Mode.VDisplay
            && mode.VRefresh == other.Mode.VRefresh);
}
