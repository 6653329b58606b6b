namespace Akka.Util;

/// <summary>Spells numbers as the names of temporary and unnamed actors: base 64, lowest digit first.</summary>
internal static class Base64Name
{
    private const string Digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";

    public static string Of(long number)
    {
        Span<char> text = stackalloc char[11];
        var length = 0;
        var rest = (ulong)number;
        do
        {
            text[length++] = Digits[(int)(rest & 63)];
            rest >>= 6;
        }
        while (rest != 0);
        return new string(text[..length]);
    }

    /// <summary>Reads only what <see cref="Of"/> writes.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        if (text.IsEmpty || text.Length > 10 || (text.Length > 1 && text[^1] == 'a'))
            return false;
        for (var i = text.Length - 1; i >= 0; i--)
        {
            var digit = Digits.IndexOf(text[i]);
            if (digit < 0)
                return false;
            number = (number << 6) | (uint)digit;
        }
        return true;
    }
}
