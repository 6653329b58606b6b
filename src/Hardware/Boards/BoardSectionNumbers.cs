using System.Collections.Immutable;
using System.Globalization;

namespace DrmActors.Hardware.Boards;

/// <summary>Numbers of a section, each with the range that it must be in.</summary>
internal static class BoardSectionNumbers
{
    private const string AllowedSize = "pixels as 64x64";
    private const int Unscaled = 1 << 16;

    /// <summary>A whole number, both ends included.</summary>
    internal static uint Whole(this BoardSection section, string key, uint least, uint most)
    {
        var allowed = $"a whole number from {least} to {most}";
        var text = section.Text(key, allowed);
        return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw section.Broken(key, $"'{text}'", allowed);
    }

    /// <summary>A number from 0 to 1, both ends included.</summary>
    internal static double Part(this BoardSection section, string key)
    {
        const string Allowed = "a number from 0 to 1";
        var text = section.Text(key, Allowed);
        return double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value) && value is >= 0 and <= 1
            ? value
            : throw section.Broken(key, $"'{text}'", Allowed);
    }

    /// <summary>A physical address: "0x" and up to sixteen hexadecimal digits.</summary>
    internal static ulong Address(this BoardSection section, string key)
    {
        const string Allowed = "an address as \"0xff900000\"";
        var text = section.Text(key, Allowed);
        return text.StartsWith("0x", StringComparison.Ordinal)
            && ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw section.Broken(key, $"'{text}'", Allowed);
    }

    /// <summary>Bytes, with KiB, MiB or GiB behind the number or none: a multiple of <paramref name="unit"/>, up to 1 TiB.</summary>
    internal static long Bytes(this BoardSection section, string key, long unit)
    {
        var allowed = $"bytes as 65536, 64KiB, 256MiB or 1GiB: a multiple of {unit} up to 1024GiB";
        var text = section.Text(key, allowed);
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        long factor = text[digits..].Trim() switch { "" or "B" => 1, "KiB" => 1 << 10, "MiB" => 1 << 20, "GiB" => 1 << 30, _ => 0 };
        return long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            && factor > 0 && count > 0 && count <= (1L << 40) / factor && count * factor % unit == 0
            ? count * factor
            : throw section.Broken(key, $"'{text}'", allowed);
    }

    /// <summary>Null where the key does not stand.</summary>
    internal static uint? OptionalWhole(this BoardSection section, string key, uint least, uint most) =>
        section.Has(key) ? section.Whole(key, least, most) : null;

    /// <summary>How far something may be scaled: 1 in a direction that is not named.</summary>
    internal static ScaleRange Scaling(this BoardSection section)
    {
        var (up, down) = (section.OptionalFactor("max-upscale"), section.OptionalFactor("max-downscale"));
        return new ScaleRange((uint)(Unscaled / up), (uint)(Unscaled * down));
    }

    /// <summary>Pixels as "64x64".</summary>
    internal static PixelSize Size(this BoardSection section, string key) => ToSize(section, key, section.Text(key, AllowedSize));

    internal static ImmutableArray<PixelSize> Sizes(this BoardSection section, string key) =>
        [.. section.Texts(key, $"a list of {AllowedSize}").Select(text => ToSize(section, key, text))];

    private static decimal OptionalFactor(this BoardSection section, string key)
    {
        const string Allowed = "a number from 1 to 256, as 8 or 1.5";
        if (!section.Has(key))
            return 1;
        var text = section.Text(key, Allowed);
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor) && factor is >= 1 and <= 256
            ? factor
            : throw section.Broken(key, $"'{text}'", Allowed);
    }

    private static PixelSize ToSize(BoardSection section, string key, string text)
    {
        var parts = text.Split('x');
        return parts.Length == 2
            && ushort.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var width) && width > 0
            && ushort.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var height) && height > 0
            ? new PixelSize(width, height)
            : throw section.Broken(key, $"'{text}'", AllowedSize);
    }
}
