using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>
/// Two bytes that name a size and a refresh, not a timing (EDID 1.4, 3.9): which timing is meant depends on the EDID around them.
/// </summary>
internal static class StandardTiming
{
    internal const int Byte = 38;
    internal const int Count = 8;
    internal const byte DescriptorTag = 0xfa;
    private const int DescriptorByte = 5;
    private const int DescriptorCount = 6;

    internal static IEnumerable<(byte First, byte Second)> Of(EdidImage edid)
    {
        var inBase = Pairs(new(edid.Bytes, Byte, 2 * Count));
        return edid.Revision < 1 ? inBase : inBase.Concat(
            edid.DisplayDescriptors(DescriptorTag).SelectMany(d => Pairs(d.Slice(DescriptorByte, 2 * DescriptorCount))));
    }

    /// <summary>
    /// The mode of a pair; null where the pair is unused, where <paramref name="probed"/> has a mode of that size and refresh
    /// already (its timing is known, this one would be guessed), or where no formula may be assumed.
    /// </summary>
    internal static ModeInfo? Mode(EdidImage edid, (byte First, byte Second) pair, IEnumerable<ModeInfo> probed)
    {
        if (pair is (0, 0) or (1, 1) or (0x20, 0x20)) return null;
        var (width, height) = Size(pair, edid.Revision);
        var refresh = (pair.Second & 0x3f) + 60;
        // Panels of 1366x768, which is no multiple of 8, come as one of its neighbours.
        var isPanel = refresh == 60 && (width, height) is (1360, 765) or (1368, 769);
        if (isPanel) (width, height) = (1366, 768);

        if (probed.Any(mode => mode.HDisplay == width && mode.VDisplay == height && mode.VRefresh == refresh)) return null;
        if (isPanel) return AsPanel(Cvt.Mode(width, height, refresh, reducedBlanking: false));
        var reduced = edid.SupportsReducedBlanking ? DmtModes.Find(width, height, refresh, reducedBlanking: true) : null;
        return reduced ?? DmtModes.Find(width, height, refresh, reducedBlanking: false) ?? Computed(edid, width, height, refresh);
    }

    /// <summary>
    /// The pair that means <paramref name="mode"/> to a reader of EDID 1.3, which takes a DMT mode with reduced blanking before one
    /// without; else null.
    /// </summary>
    internal static (byte First, byte Second)? PairOf(ModeInfo mode)
    {
        var rate = (int)mode.VRefresh - 60;
        if (mode.HDisplay is < 256 or > 2288 || mode.HDisplay % 8 != 0 || rate is < 0 or > 0x3f) return null;
        for (var shape = 0; shape < 4; shape++)
        {
            var pair = ((byte)(mode.HDisplay / 8 - 31), (byte)((shape << 6) | rate));
            if (Size(pair, revision: 3) != (mode.HDisplay, mode.VDisplay)) continue;
            var read = DmtModes.Find(mode.HDisplay, mode.VDisplay, (int)mode.VRefresh, reducedBlanking: true)
                ?? DmtModes.Find(mode.HDisplay, mode.VDisplay, (int)mode.VRefresh, reducedBlanking: false);
            if (read is not null && read.Clock == mode.Clock && ModeTimings.SameTiming(read, mode)) return pair;
        }

        return null;
    }

    private static ModeInfo? Computed(EdidImage edid, int width, int height, int refresh)
    {
        if (edid.Revision < 2) return null;
        if (edid.Revision >= 4 && edid.IsContinuousFrequency) return Cvt.Mode(width, height, refresh, reducedBlanking: false);
        if (edid.RangeLimits().Select(range => range.SecondCurve).FirstOrDefault(curve => curve is not null) is { } second)
        {
            var mode = Gtf.Mode(width, height, refresh, GtfCurve.Default);
            return mode is not null && ModeTimings.HSyncKilohertz(mode) > second.StartKilohertz
                ? Gtf.Mode(width, height, refresh, second.Curve)
                : mode;
        }

        return edid.IsContinuousFrequency ? Gtf.Mode(width, height, refresh, GtfCurve.Default) : null;
    }

    private static (int Width, int Height) Size((byte First, byte Second) pair, int revision)
    {
        var width = pair.First * 8 + 248;
        return (width, (pair.Second >> 6) switch
        {
            0 => revision < 3 ? width : width * 10 / 16,
            1 => width * 3 / 4,
            2 => width * 4 / 5,
            _ => width * 9 / 16,
        });
    }

    /// <summary>Narrows a mode that a formula has rounded to character cells to a panel's 1366 pixels.</summary>
    internal static ModeInfo AsPanel(ModeInfo mode) => ModeTimings.Named(mode with
    {
        HDisplay = 1366,
        HSyncStart = (ushort)(mode.HSyncStart - 1),
        HSyncEnd = (ushort)(mode.HSyncEnd - 1),
    });

    private static IEnumerable<(byte First, byte Second)> Pairs(ArraySegment<byte> bytes) =>
        Enumerable.Range(0, bytes.Count / 2).Select(i => (bytes[2 * i], bytes[2 * i + 1]));
}
