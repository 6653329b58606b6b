using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>The 18-byte detailed timing descriptor (EDID 1.4, 3.10.2): how it becomes a mode, and how a mode becomes one.</summary>
internal static class DetailedTiming
{
    private const int SmallestPicture = 64;
    private const byte Stereo = 0x20;
    private const byte Interlaced = 0x80;

    /// <summary>Null for what no driver shows: stereo pictures, pictures under 64 pixels or lines, timings without a sync pulse.</summary>
    internal static ModeInfo? Read(ReadOnlySpan<byte> d)
    {
        var hactive = d[2] | ((d[4] & 0xf0) << 4);
        var hblank = d[3] | ((d[4] & 0x0f) << 8);
        var vactive = d[5] | ((d[7] & 0xf0) << 4);
        var vblank = d[6] | ((d[7] & 0x0f) << 8);
        var hfront = d[8] | ((d[11] & 0xc0) << 2);
        var hsync = d[9] | ((d[11] & 0x30) << 4);
        var vfront = (d[10] >> 4) | ((d[11] & 0x0c) << 2);
        var vsync = (d[10] & 0x0f) | ((d[11] & 0x03) << 4);
        var misc = d[17];
        if (hactive < SmallestPicture || vactive < SmallestPicture || (misc & Stereo) != 0 || hsync == 0 || vsync == 0) return null;

        // Where a pulse is said to end after its line or frame, the total is trusted.
        var htotal = hactive + hblank;
        var vtotal = vactive + vblank;
        var hsyncEnd = Math.Min(hactive + hfront + hsync, htotal);
        var vsyncEnd = Math.Min(vactive + vfront + vsync, vtotal);
        var flags = Sync(misc);
        var vsyncStart = vactive + vfront;
        if ((misc & Interlaced) != 0)
        {
            flags |= ModeFlags.Interlace;
            if (IsField(hactive, vactive))
            {
                vactive *= 2;
                vsyncStart *= 2;
                vsyncEnd *= 2;
                vtotal = (vtotal * 2) | 1;
            }
        }

        return ModeTimings.Create((d[0] | (d[1] << 8)) * 10L, hactive, hactive + hfront, hsyncEnd, htotal,
            vactive, vsyncStart, vsyncEnd, vtotal, flags);
    }

    /// <summary>
    /// The descriptor of a progressive mode with separate syncs, for a picture of that size in mm; null where its fields are too
    /// short for the mode: reading it back would give another one.
    /// </summary>
    internal static byte[]? Write(ModeInfo mode, int widthMm, int heightMm)
    {
        var hblank = mode.HTotal - mode.HDisplay;
        var hfront = mode.HSyncStart - mode.HDisplay;
        var hsync = mode.HSyncEnd - mode.HSyncStart;
        var vblank = mode.VTotal - mode.VDisplay;
        var vfront = mode.VSyncStart - mode.VDisplay;
        var vsync = mode.VSyncEnd - mode.VSyncStart;
        var clock = (mode.Clock + 5) / 10;
        var misc = 0x18
            | (mode.Flags.HasFlag(ModeFlags.PHSync) ? 0x02 : 0)
            | (mode.Flags.HasFlag(ModeFlags.PVSync) ? 0x04 : 0);
        byte[] descriptor =
        [
            (byte)clock, (byte)(clock >> 8),
            (byte)mode.HDisplay, (byte)hblank, High(mode.HDisplay, hblank),
            (byte)mode.VDisplay, (byte)vblank, High(mode.VDisplay, vblank),
            (byte)hfront, (byte)hsync,
            (byte)((vfront << 4) | (vsync & 0x0f)),
            (byte)(((hfront >> 2) & 0xc0) | ((hsync >> 4) & 0x30) | ((vfront >> 2) & 0x0c) | ((vsync >> 4) & 0x03)),
            (byte)widthMm, (byte)heightMm, High(widthMm, heightMm),
            0, 0, (byte)misc,
        ];
        return Read(descriptor) is { } read && IsSame(CtaClocks.Exact(read), mode) ? descriptor : null;

        static byte High(int first, int second) => (byte)(((first >> 4) & 0xf0) | ((second >> 8) & 0x0f));
        static bool IsSame(ModeInfo read, ModeInfo mode) => read.Clock == mode.Clock && ModeTimings.SameTiming(read, mode);
    }

    private static ModeFlags Sync(byte misc)
    {
        var hsyncPositive = (misc & 0x02) != 0;
        return (misc & 0x18) switch
        {
            0x10 => ModeFlags.CSync | (hsyncPositive ? ModeFlags.PCSync : ModeFlags.NCSync),
            0x18 => (hsyncPositive ? ModeFlags.PHSync : ModeFlags.NHSync) | ((misc & 0x04) != 0 ? ModeFlags.PVSync : ModeFlags.NVSync),
            _ => ModeFlags.None,
        };
    }

    /// <summary>The descriptor counts lines of a field; only for the sizes of television is a mode's height that of the frame.</summary>
    private static bool IsField(int width, int lines) => (width, lines * 2) is
        (1920, 1080) or (720 or 1440 or 2880, 480) or (720 or 1440 or 2880, 576);
}
