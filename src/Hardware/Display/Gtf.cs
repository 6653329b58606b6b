using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>
/// The blanking curve of GTF: <paramref name="M"/> gradient (%/kHz), <paramref name="C2"/> twice the offset (%),
/// <paramref name="K"/> scaling, <paramref name="J2"/> twice the weighting, as an EDID's range descriptor holds them.
/// </summary>
internal readonly record struct GtfCurve(int M, int C2, int K, int J2)
{
    internal static GtfCurve Default { get; } = new(600, 80, 128, 40);

    internal long OffsetPercent => ((C2 - J2) * K / 256 + J2) / 2;

    internal long Gradient => (long)M * K / 256;
}

/// <summary>VESA Generalized Timing Formula, progressive and without margins, from a refresh rate, in the kernel's whole numbers.</summary>
internal static class Gtf
{
    private const int CharacterCell = 8;
    private const int VSync = 3;
    private const int FrontPorch = 1;
    private const int MinimumSyncAndBackPorch = 550;
    private const int HSyncPercent = 8;

    /// <summary>Null where the curve leaves no picture, or a line too long for a mode.</summary>
    internal static ModeInfo? Mode(int width, int height, int refresh, GtfCurve curve)
    {
        var hdisplay = (width + CharacterCell / 2) / CharacterCell * CharacterCell;
        // Twice the lines over twice the time, so that halves of microseconds count.
        var lineFrequency = (height + FrontPorch) * 2L * 1000 * refresh / ((1_000_000 - MinimumSyncAndBackPorch * refresh) / 500);
        var syncAndBackPorch = (int)((MinimumSyncAndBackPorch * lineFrequency / 1000 + 500) / 1000);
        var vtotal = height + syncAndBackPorch + FrontPorch;

        var blankShare = curve.OffsetPercent * 1000 - curve.Gradient * 1_000_000 / lineFrequency;
        if (blankShare is <= 0 or >= 100_000) return null;
        var blank = (hdisplay * blankShare / (100_000 - blankShare) + CharacterCell) / (2 * CharacterCell) * (2 * CharacterCell);
        if (hdisplay + blank > ushort.MaxValue) return null;

        var hblank = (int)blank;
        var htotal = hdisplay + hblank;
        var hsync = (htotal * HSyncPercent / 100 + CharacterCell / 2) / CharacterCell * CharacterCell;
        var hsyncStart = hdisplay + hblank / 2 - hsync;
        if (hsyncStart < hdisplay) return null;

        var vsyncStart = height + FrontPorch;
        return ModeTimings.Create(htotal * lineFrequency / 1000, hdisplay, hsyncStart, hsyncStart + hsync, htotal,
            height, vsyncStart, vsyncStart + VSync, vtotal, curve == GtfCurve.Default ? SyncPolarity.NP : SyncPolarity.PN);
    }
}
