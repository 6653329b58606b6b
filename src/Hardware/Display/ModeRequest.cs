using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>
/// A mode as a person asks for it: "1280x720", "1920x1080@60", "1920x1080@59.94", "1920x1080i@50".
/// <paramref name="RefreshMillihertz"/> is null where any rate will do; of an interlaced mode it counts fields.
/// </summary>
public sealed record ModeRequest(int Width, int Height, bool Interlaced, int? RefreshMillihertz)
{
    private const int Tolerance = 500;
    private const decimal HighestRefresh = 10_000;

    /// <summary>Reads WIDTHxHEIGHT[i][@HERTZ]; up to three decimals of a hertz count.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ModeRequest? request)
    {
        request = null;
        var (size, rate) = Split(text ?? "", '@');
        var interlaced = size.EndsWith('i');
        var (width, height) = Split(interlaced ? size[..^1] : size, 'x');
        if (!TryParseLength(width, out var w) || !TryParseLength(height ?? "", out var h)) return false;

        int? refresh = null;
        if (rate is not null)
        {
            if (!decimal.TryParse(rate, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var hertz)) return false;
            if (hertz is <= 0 or > HighestRefresh) return false;
            refresh = (int)decimal.Round(hertz * 1000);
        }

        request = new(w, h, interlaced, refresh);
        return true;
    }

    /// <summary>
    /// The first mode of that size, or with a rate the nearest to it within half a hertz; null where there is none.
    /// <paramref name="modes"/> are in a connector's order, the best first.
    /// </summary>
    public ModeInfo? Choose(IEnumerable<ModeInfo> modes)
    {
        ArgumentNullException.ThrowIfNull(modes);
        var sized = modes.Where(mode =>
            mode.HDisplay == Width && mode.VDisplay == Height && mode.Flags.HasFlag(ModeFlags.Interlace) == Interlaced);
        if (RefreshMillihertz is not { } wanted) return sized.FirstOrDefault();
        return sized.Where(mode => Distance(mode, wanted) <= Tolerance).MinBy(mode => Distance(mode, wanted));
    }

    /// <summary>
    /// The timing that a monitor would have for it: that of the standards (DMT, CTA-861) where they know this size and rate, else CVT's; at 60 Hz where
    /// any rate will do. Null for an interlaced mode that no standard knows.
    /// </summary>
    public ModeInfo? MakeTiming()
    {
        const int UsualRefresh = 60_000;
        var exact = this with { RefreshMillihertz = RefreshMillihertz ?? UsualRefresh };
        return exact.Choose(DmtModes.All) ?? exact.Choose(CtaModes.All.Select(row => row.Mode))
            ?? (Interlaced ? null : Cvt.Mode(Width, Height, (exact.RefreshMillihertz!.Value + (Tolerance / 2)) / 1000, reducedBlanking: false));
    }

    public override string ToString()
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}{(Interlaced ? "i" : "")}");
        return RefreshMillihertz is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{size}@{rate / 1000m:0.###}") : size;
    }

    private static long Distance(ModeInfo mode, int wanted) => Math.Abs(ModeTimings.RefreshMillihertz(mode) - wanted);

    private static bool TryParseLength(string text, out int length) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out length) && length is > 0 and <= ushort.MaxValue;

    private static (string Head, string? Tail) Split(string text, char separator) =>
        text.IndexOf(separator) is >= 0 and var at ? (text[..at], text[(at + 1)..]) : (text, null);
}
