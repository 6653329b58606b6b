using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>
/// VESA Coordinated Video Timings 1.1, progressive and without margins. Times are nanoseconds in whole numbers, and the clock
/// follows from the estimated line period in both variants, as the kernel's does: some clocks are a step off the standard's own.
/// </summary>
internal static class Cvt
{
    private const long Second = 1_000_000_000;
    private const int CharacterCell = 8;
    private const int ClockStep = 250;
    private const int MinimumVerticalFrontPorch = 3;
    private const int MinimumVerticalBackPorch = 6;

    internal static ModeInfo Mode(int width, int height, int refresh, bool reducedBlanking)
    {
        var hdisplay = width - width % CharacterCell;
        var vsync = VSyncLines(width, height);
        return reducedBlanking ? Reduced(hdisplay, height, refresh, vsync) : Normal(hdisplay, height, refresh, vsync);
    }

    private static ModeInfo Normal(int hdisplay, int height, int refresh, int vsync)
    {
        const long minimumSyncAndBackPorch = 550_000;
        const int hsyncPercent = 8, blankOffset = 30, blankGradient = 300, minimumBlankPercent = 20;

        var linePeriod = (Second - minimumSyncAndBackPorch * refresh) / ((long)(height + MinimumVerticalFrontPorch) * refresh);
        var syncAndBackPorch = Math.Max((int)(minimumSyncAndBackPorch / linePeriod) + 1, vsync + MinimumVerticalFrontPorch);
        var vtotal = height + syncAndBackPorch + MinimumVerticalFrontPorch;

        // The share of a line that is blank falls as lines get shorter; in thousandths of a percent.
        var blankShare = Math.Max(blankOffset * 1000 - blankGradient * linePeriod / 1000, minimumBlankPercent * 1000);
        var hblank = (int)(hdisplay * blankShare / (100_000 - blankShare));
        hblank -= hblank % (2 * CharacterCell);
        var htotal = hdisplay + hblank;
        var hsyncEnd = hdisplay + hblank / 2;
        var hsyncStart = hsyncEnd - htotal * hsyncPercent / 100;
        // To the next character cell, even from the start of one.
        hsyncStart += CharacterCell - hsyncStart % CharacterCell;

        var vsyncStart = height + MinimumVerticalFrontPorch;
        return ModeTimings.Create(Clock(htotal, linePeriod), hdisplay, hsyncStart, hsyncEnd, htotal,
            height, vsyncStart, vsyncStart + vsync, vtotal, SyncPolarity.NP);
    }

    private static ModeInfo Reduced(int hdisplay, int height, int refresh, int vsync)
    {
        const long minimumVerticalBlank = 460_000;
        const int hblank = 160, hsync = 32;

        var linePeriod = (Second - minimumVerticalBlank * refresh) / ((long)height * refresh);
        var vblank = Math.Max((int)(minimumVerticalBlank / linePeriod) + 1, MinimumVerticalFrontPorch + vsync + MinimumVerticalBackPorch);
        var htotal = hdisplay + hblank;
        var hsyncEnd = hdisplay + hblank / 2;
        var vsyncStart = height + MinimumVerticalFrontPorch;
        return ModeTimings.Create(Clock(htotal, linePeriod), hdisplay, hsyncEnd - hsync, hsyncEnd, htotal,
            height, vsyncStart, vsyncStart + vsync, height + vblank, SyncPolarity.PN);
    }

    private static long Clock(int htotal, long linePeriod)
    {
        var clock = htotal * 1_000_000L / linePeriod;
        return clock - clock % ClockStep;
    }

    /// <summary>The length of vsync tells a monitor the picture's shape.</summary>
    private static int VSyncLines(int width, int height)
    {
        if (IsShape(4, 3)) return 4;
        if (IsShape(16, 9)) return 5;
        if (IsShape(16, 10)) return 6;
        return IsShape(5, 4) || IsShape(15, 9) ? 7 : 10;

        bool IsShape(int across, int down) => height % down == 0 && height * across / down == width;
    }
}
