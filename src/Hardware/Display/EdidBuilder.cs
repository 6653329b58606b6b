using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>
/// Makes the EDID of an HDMI monitor: EDID 1.3, as HDMI asks for, with a CTA-861 extension. Each mode is written in all the short
/// forms that name it (established timing, VIC, standard timing), else as a detailed timing; the first is the preferred one.
/// </summary>
public static class EdidBuilder
{
    private const int LongestName = 13;
    private const int LargestSize = 2550;

    // HDMI 1.4; a faster link would have to be announced in more than this EDID's data blocks.
    internal const uint HighestClock = 340_000;

    /// <summary>
    /// Two blocks, 256 bytes; <see cref="Edid.Parse"/> finds every mode again (without its picture aspect), and beside them what
    /// the short forms imply: the CTA modes' second clocks.
    /// </summary>
    /// <param name="monitorName">1 to 13 printable ASCII characters.</param>
    /// <param name="widthMm">Width of the picture in mm, 10 to 2550.</param>
    /// <param name="heightMm">Height of the picture in mm, 10 to 2550.</param>
    /// <param name="modes">At least one; the first must fit a detailed timing.</param>
    /// <exception cref="ArgumentException">An argument is out of its range, or a mode has no form or finds no room.</exception>
    public static byte[] Build(string monitorName, int widthMm, int heightMm, IReadOnlyList<ModeInfo> modes)
    {
        ArgumentNullException.ThrowIfNull(monitorName);
        ArgumentNullException.ThrowIfNull(modes);
        if (monitorName.Length is 0 or > LongestName || !monitorName.All(c => c is >= ' ' and <= '~'))
            throw new ArgumentException($"'{monitorName}' is no name: 1 to {LongestName} printable ASCII characters.", nameof(monitorName));
        if (widthMm is < 10 or > LargestSize || heightMm is < 10 or > LargestSize)
            throw new ArgumentException($"{widthMm}x{heightMm} mm is no picture size: 10 to {LargestSize} mm each.", nameof(widthMm));
        if (modes.Count == 0) throw new ArgumentException("A monitor has at least one mode.", nameof(modes));

        var forms = new EdidForms();
        for (var i = 0; i < modes.Count; i++)
        {
            var mode = modes[i];
            if (ModeValidation.Check(mode) != ModeStatus.Ok || mode.Clock > HighestClock)
                throw new ArgumentException($"{mode} is no mode of an HDMI 1.4 monitor.", nameof(modes));
            var isNamed = Name(mode, modes, forms);
            if (i > 0 && isNamed) continue;
            forms.Detailed.Add(DetailedTiming.Write(mode, widthMm, heightMm)
                ?? throw new ArgumentException($"{mode} has no form in an EDID.", nameof(modes)));
        }

        return EdidWriter.Write(monitorName, widthMm, heightMm, RangeDescriptor(modes), forms);
    }

    private static bool Name(ModeInfo mode, IReadOnlyList<ModeInfo> modes, EdidForms forms)
    {
        var bit = EstablishedTimings.FindBit(established => IsSame(established, mode));
        if (bit >= 0) forms.EstablishedBits |= 1 << bit;

        var vic = CtaModes.All.FirstOrDefault(row => IsSame(row.Mode, mode) && HasAspect(row.Mode, mode)).Vic;
        if (vic != 0) forms.Vics.Add(vic);
        if (bit >= 0 || vic != 0) return true;

        // A reader may not tell which of two timings of a size and rate is meant.
        var isOnly = modes.All(other => ReferenceEquals(other, mode)
            || (other.HDisplay, other.VDisplay, other.VRefresh) != (mode.HDisplay, mode.VDisplay, mode.VRefresh));
        if (!isOnly || forms.Standard.Count == StandardTiming.Count || StandardTiming.PairOf(mode) is not { } pair) return false;
        forms.Standard.Add(pair);
        return true;
    }

    private static bool IsSame(ModeInfo a, ModeInfo b) => a.Clock == b.Clock && ModeTimings.SameTiming(a, b);

    private static bool HasAspect(ModeInfo cta, ModeInfo mode) =>
        (mode.Flags & ModeFlags.AspectMask) == ModeFlags.None || ModeTimings.SameIn(cta, mode, ModeFlags.AspectMask);

    /// <summary>The narrowest limits around all modes, at either clock.</summary>
    private static byte[] RangeDescriptor(IReadOnlyList<ModeInfo> modes)
    {
        var slowest = modes.Min(ModeTimings.RefreshMillihertz) * 1000 / 1001 / 1000;
        var fastest = (modes.Max(ModeTimings.RefreshMillihertz) + 999) / 1000;
        var shortest = modes.Min(mode => mode.Clock * 1000L / mode.HTotal) * 1000 / 1001 / 1000;
        var longest = (modes.Max(mode => mode.Clock * 1000L / mode.HTotal) + 999) / 1000;
        var clock = (modes.Max(mode => mode.Clock) + 9_999) / 10_000;
        if (Math.Max(fastest, longest) > byte.MaxValue)
            throw new ArgumentException($"{fastest} Hz, {longest} kHz: an EDID's range limits end at {byte.MaxValue}.", nameof(modes));
        return [0, 0, 0, RangeLimits.DescriptorTag, 0, (byte)slowest, (byte)fastest, (byte)shortest, (byte)longest, (byte)clock,
            0, (byte)'\n', .. "      "u8];
    }
}
