using System.Globalization;
using System.Text;

namespace Akka.Configuration.Parsing;

/// <summary>Quoted, triple-quoted and unquoted text.</summary>
internal static class Strings
{
    private const string Reserved = "$\"{}[]:=,+#`^?!@*&\\";

    public static bool MayBeUnquoted(char c) => c != Cursor.End && !Reserved.Contains(c) && !char.IsWhiteSpace(c);

    /// <summary>A run without blanks; stops before a comment.</summary>
    public static string Unquoted(Cursor at)
    {
        var text = new StringBuilder();
        while (MayBeUnquoted(at.Peek()) && !at.AtComment)
            text.Append(at.Next());
        return text.ToString();
    }

    public static string Quoted(Cursor at) => at.Looking("\"\"\"") ? Triple(at) : Single(at);

    private static string Triple(Cursor at)
    {
        var start = at.Position;
        at.Skip(3);
        var text = new StringBuilder();
        // Of four or more quotes in a row the last three close; the others are text.
        while (!at.Looking("\"\"\"") || at.Peek(3) == '"')
        {
            if (at.AtEnd)
                throw new SyntaxException("A string that starts with \"\"\" is never closed.", start);
            text.Append(at.Next());
        }
        at.Skip(3);
        return text.ToString();
    }

    private static string Single(Cursor at)
    {
        var start = at.Position;
        at.Next();
        var text = new StringBuilder();
        while (at.Peek() != '"' || at.AtEnd)
        {
            if (at.AtEnd || at.Peek() == '\n')
                throw new SyntaxException("A quoted string is not closed on its line.", start);
            text.Append(at.Peek() == '\\' ? Escape(at) : at.Next());
        }
        at.Next();
        return text.ToString();
    }

    private static char Escape(Cursor at)
    {
        var position = at.Position;
        at.Next();
        var c = at.AtEnd ? Cursor.End : at.Next();
        return c switch
        {
            '"' or '\\' or '/' => c,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => Unicode(at, position),
            _ => throw new SyntaxException($"Unknown escape '\\{c}' in a quoted string.", position),
        };
    }

    private static char Unicode(Cursor at, Position position)
    {
        var digits = new StringBuilder();
        while (digits.Length < 4 && char.IsAsciiHexDigit(at.Peek()))
            digits.Append(at.Next());
        if (digits.Length < 4)
            throw new SyntaxException("An escape '\\u' takes four hexadecimal digits.", position);
        return (char)int.Parse(digits.ToString(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }
}
