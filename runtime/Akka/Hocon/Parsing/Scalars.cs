using System;
using System.Globalization;
using System.Numerics;

namespace Akka.Configuration.Parsing;

/// <summary>What both public faces make of a scalar's text.</summary>
internal static class Scalars
{
    public static bool TryBoolean(string text, out bool result)
    {
        result = text is "on" or "true" or "yes";
        return result || text is "off" or "false" or "no";
    }

    public static bool TryNumber<T>(string text, NumberStyles styles, out T result) where T : INumberBase<T> =>
        T.TryParse(text, styles, CultureInfo.InvariantCulture, out result);

    /// <summary>Decimal, <c>0x</c> hexadecimal or <c>0</c> octal, as the Hocon package reads integers.</summary>
    public static bool TryInteger(string text, out long result)
    {
        result = 0;
        if (text is null)
            return false;
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out result);
        if (text.Length < 2 || text[0] != '0')
            return long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out result);
        foreach (var digit in text)
        {
            if (digit is < '0' or > '7' || result > long.MaxValue >> 3)
                return false;
            result = (result << 3) + (digit - '0');
        }
        return true;
    }
}
