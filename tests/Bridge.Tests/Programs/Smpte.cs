namespace DrmActors.Bridge.Tests.Programs;

/// <summary>The SMPTE colour bars as modetest draws them, from their description: what each pixel is to be, as 0x00RRGGBB.</summary>
internal static class Smpte
{
    private static readonly uint[] Bars = [0xc0c0c0, 0xc0c000, 0x00c0c0, 0x00c000, 0xc000c0, 0xc00000, 0x0000c0];
    private static readonly uint[] Castellations = [0x0000c0, 0x131313, 0xc000c0, 0x131313, 0x00c0c0, 0x131313, 0xc0c0c0];
    private static readonly uint[] Wide = [0x00214c, 0xffffff, 0x32006a, 0x131313];
    private static readonly uint[] Pluge = [0x090909, 0x131313, 0x1d1d1d];

    public static uint PixelAt(int x, int y, int width, int height)
    {
        if (y < height * 6 / 9)
            return Bars[x * 7 / width];
        if (y < height * 7 / 9)
            return Castellations[x * 7 / width];
        if (x < width * 5 / 7)
            return Wide[x * 4 / (width * 5 / 7)];
        return x < width * 6 / 7 ? Pluge[(x - (width * 5 / 7)) * 3 / (width / 7)] : 0x131313;
    }

    /// <summary>What is left of a colour in 16 bits, and what a display makes of it again.</summary>
    public static uint ThroughRgb565(uint colour) =>
        (Widen((colour >> 19) & 31, 5) << 16) | (Widen((colour >> 10) & 63, 6) << 8) | Widen((colour >> 3) & 31, 5);

    private static uint Widen(uint value, int bits) => ((value * 255) + (1u << (bits - 1)) - 1) / ((1u << bits) - 1);
}
