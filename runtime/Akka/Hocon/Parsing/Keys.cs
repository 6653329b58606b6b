using System.Collections.Generic;
using System.Text;

namespace Akka.Configuration.Parsing;

/// <summary>Paths: segments apart by dots, a quoted segment keeps its dots.</summary>
internal static class Keys
{
    public static string[] Parse(string path)
    {
        var at = new Cursor(path);
        at.SkipBlanks();
        var segments = Read(at);
        if (!at.AtEnd)
            throw at.Error($"'{at.Peek()}' cannot stand in the path '{path}'; quote it.");
        return segments;
    }

    /// <summary>Reads up to what cannot belong to a path; blanks inside an unquoted segment belong to it, those around it do not.</summary>
    public static string[] Read(Cursor at)
    {
        var segments = new List<string>();
        var text = new StringBuilder();
        var start = at.Position;
        var quoted = false;
        while (true)
        {
            var blanks = text.Length > 0 && at.SkipBlanks();
            var c = at.Peek();
            if (c == '.' || !(c == '"' || (Strings.MayBeUnquoted(c) && !at.AtComment)))
            {
                if (text.Length == 0 && !quoted)
                    throw new SyntaxException(c == '.' ? "A path has an empty segment." : $"A key is expected, found {Shown(at)}.", start);
                segments.Add(text.ToString());
                text.Clear();
                quoted = false;
                if (c != '.')
                    return segments.ToArray();
                at.Next();
                start = at.Position;
                continue;
            }
            if (blanks)
                text.Append(' ');
            quoted |= c == '"';
            if (c == '"')
                text.Append(Strings.Quoted(at));
            else
                text.Append(at.Next());
        }
    }

    public static string Shown(Cursor at) => at.AtEnd ? "the end of the text" : at.Peek() == '\n' ? "the end of the line" : $"'{at.Peek()}'";

    /// <summary>The path of one key, quoted if it has to be.</summary>
    public static string Quote(string key)
    {
        foreach (var c in key)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                return $"\"{key.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
        }
        return key.Length == 0 ? "\"\"" : key;
    }
}
