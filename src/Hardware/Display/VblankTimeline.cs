namespace DrmActors.Hardware.Display;

/// <summary>
/// When a lit CRTC has its vblanks, and which count each bears. Counts go on over mode changes and dark times: a new timeline starts with
/// the count at which the old one ended. Times in ns of the device's clock.
/// </summary>
/// <param name="Start">When the CRTC was lit; the count then is <paramref name="First"/>.</param>
public readonly record struct VblankTimeline(FramePeriod Period, long Start, ulong First)
{
    /// <summary>The count of the last vblank at or before a time; before the start, the first.</summary>
    public ulong CountAt(long now) => now <= Start ? First : First + (ulong)Period.CountAt(Start, now);

    /// <summary>When a count is (or was) due. Counts before the start are told as the start, those beyond 64 bits of nanoseconds as <see cref="long.MaxValue"/>.</summary>
    public long TimeOf(ulong count)
    {
        if (count <= First)
            return Start;
        var last = (Int128)(long.MaxValue - Start) * Period.Denominator / Period.Numerator;
        return count - First > last ? long.MaxValue : Period.TimeOf(Start, (long)(count - First));
    }
}
