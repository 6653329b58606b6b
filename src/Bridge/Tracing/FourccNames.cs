using System.Globalization;

namespace DrmActors.Bridge.Tracing;

internal static class FourccNames
{
    /// <summary>XR24; with spaces at its end left out, and as a number where it has no letters (drm_fourcc.h).</summary>
    public static string Of(uint fourcc)
    {
        Span<char> letters = [(char)(fourcc & 0xff), (char)(fourcc >> 8 & 0xff), (char)(fourcc >> 16 & 0xff), (char)(fourcc >> 24 & 0xff)];
        foreach (var letter in letters)
            if (letter is < ' ' or > '~')
                return string.Create(CultureInfo.InvariantCulture, $"0x{fourcc:x8}");
        return new string(letters.TrimEnd(' '));
    }
}
