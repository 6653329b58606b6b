using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>
/// The exact time from one vblank to the next: <c>Numerator / Denominator</c> nanoseconds, both positive, in lowest terms.
/// A 60 Hz mode has no whole number of nanoseconds; due times are computed from the first vblank, never added up, so nothing drifts.
/// </summary>
public readonly record struct FramePeriod(long Numerator, long Denominator)
{
    private const long NanosecondsTimesKilohertz = 1_000_000;

    /// <summary>
    /// The period of <paramref name="mode"/> from its clock, totals and flags: interlaced modes have a vblank each field,
    /// doublescan and vscan repeat every line. A period that no 64-bit numerator can say is held at the longest that it can.
    /// </summary>
    /// <exception cref="ArgumentException">Clock, htotal or vtotal is 0.</exception>
    public static FramePeriod Of(ModeInfo mode)
    {
        ArgumentNullException.ThrowIfNull(mode);
        if (mode.Clock == 0 || mode.HTotal == 0 || mode.VTotal == 0)
            throw new ArgumentException("A mode without clock, htotal or vtotal has no frame period.", nameof(mode));

        Int128 pixels = (Int128)mode.HTotal * mode.VTotal * Math.Max(mode.VScan, (ushort)1);
        if (mode.Flags.HasFlag(ModeFlags.DoubleScan)) pixels *= 2;
        Int128 clock = mode.Clock;
        if (mode.Flags.HasFlag(ModeFlags.Interlace)) clock *= 2;

        var numerator = pixels * NanosecondsTimesKilohertz;
        var divisor = GreatestCommonDivisor(numerator, clock);
        return new((long)Int128.Min(numerator / divisor, long.MaxValue), (long)(clock / divisor));
    }

    /// <summary>When vblank <paramref name="n"/> is due (ns), vblank 0 having been at <paramref name="start"/>: rounded down.</summary>
    /// <exception cref="OverflowException">The time is farther away than 64 bits of nanoseconds.</exception>
    public long TimeOf(long start, long n) => checked((long)(start + FloorDivide((Int128)n * Numerator, Denominator)));

    /// <summary>
    /// The last vblank due at or before <paramref name="now"/> (ns): the greatest n with <c>TimeOf(start, n) &lt;= now</c>.
    /// </summary>
    /// <exception cref="OverflowException">The count is farther away than 64 bits.</exception>
    public long CountAt(long start, long now) =>
        checked((long)FloorDivide(((Int128)now - start + 1) * Denominator - 1, Numerator));

    private static Int128 FloorDivide(Int128 dividend, long divisor)
    {
        var (quotient, remainder) = Int128.DivRem(dividend, divisor);
        return remainder < 0 ? quotient - 1 : quotient;
    }

    private static Int128 GreatestCommonDivisor(Int128 a, Int128 b)
    {
        while (b != 0) (a, b) = (b, a % b);
        return a;
    }
}
