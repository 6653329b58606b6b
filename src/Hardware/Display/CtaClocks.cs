using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>
/// CTA-861 allows each format whose refresh is a multiple of 6 at two clocks, 1000/1001 apart (60 Hz and 59.94 Hz).
/// Which format a mode is, then, is a matter of its timing and of either clock.
/// </summary>
internal static class CtaClocks
{
    // What a detailed timing, whose unit is 10 kHz, can be off by.
    private const int DetailedTimingError = 5;

    /// <summary>
    /// The other clock of a CTA mode, in kHz; its own where there is only one. The table has 480 lines at 59.94 Hz, all else at
    /// whole rates.
    /// </summary>
    internal static uint Alternate(ModeInfo cta)
    {
        if (cta.VRefresh % 6 != 0) return cta.Clock;
        var (multiplier, divisor) = cta.VDisplay is 240 or 480 ? (1001u, 1000u) : (1000u, 1001u);
        return (uint)(((ulong)cta.Clock * multiplier + divisor / 2) / divisor);
    }

    /// <summary>
    /// The first CTA mode with the timing and one of whose clocks is that of <paramref name="mode"/>; an aspect counts where it has
    /// one.
    /// </summary>
    internal static ModeInfo? Match(ModeInfo mode) =>
        Find(mode, clock => ModeTimings.SameClock(mode.Clock, clock));

    /// <summary>A detailed timing with the exact clock of the CTA format that it means; unchanged where it means none.</summary>
    internal static ModeInfo Exact(ModeInfo detailed)
    {
        if (Find(detailed, clock => Distance(clock) <= DetailedTimingError) is not { } cta) return detailed;
        var alternate = Alternate(cta);
        var exact = Distance(cta.Clock) < Distance(alternate) ? cta.Clock : alternate;
        return exact == detailed.Clock ? detailed : ModeTimings.Named(detailed with { Clock = exact });

        long Distance(uint clock) => Math.Abs((long)clock - detailed.Clock);
    }

    private static ModeInfo? Find(ModeInfo mode, Func<uint, bool> isClock)
    {
        foreach (var (vic, cta) in CtaModes.All)
        {
            if (cta.HDisplay != mode.HDisplay || !(isClock(cta.Clock) || isClock(Alternate(cta)))) continue;
            if ((mode.Flags & ModeFlags.AspectMask) != ModeFlags.None && !ModeTimings.SameIn(mode, cta, ModeFlags.AspectMask)) continue;
            for (var extra = 0; extra <= ExtraLines(vic); extra++)
            {
                var variant = extra == 0 ? cta : Lengthen(cta, extra);
                if (ModeTimings.SameTiming(mode, variant)) return cta;
            }
        }

        return null;
    }

    /// <summary>The progressive formats of an interlaced field may be one or two lines longer, all in the front porch.</summary>
    private static int ExtraLines(byte vic) => vic switch
    {
        8 or 9 or 12 or 13 => 1,
        23 or 24 or 27 or 28 => 2,
        _ => 0,
    };

    private static ModeInfo Lengthen(ModeInfo cta, int lines) => cta with
    {
        VSyncStart = (ushort)(cta.VSyncStart + lines),
        VSyncEnd = (ushort)(cta.VSyncEnd + lines),
        VTotal = (ushort)(cta.VTotal + lines),
    };
}
