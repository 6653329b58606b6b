using System.Collections.Immutable;

namespace DrmActors.Hardware.Boards;

/// <summary>What the value of a key looks like in the text.</summary>
internal enum ValueShape
{
    Value,
    List,
    Section,
}

/// <summary>A key of a HOCON text: its whole path, its line (from 1) and the look of its value.</summary>
internal readonly record struct OutlineKey(string Path, int Line, ValueShape Shape);

/// <summary>
/// The keys of a HOCON text and where they stand, which the parsed values no longer know. Reads the plain subset that the files under
/// config/ keep to: no <c>+=</c>, no includes, one list a value, quotes that end on their line. Whether the text is HOCON at all is the parser's
/// business; on what is not, this ends without an answer worth having.
/// </summary>
internal sealed class HoconOutline
{
    private readonly string _text;
    private readonly ImmutableArray<OutlineKey>.Builder _keys = ImmutableArray.CreateBuilder<OutlineKey>();
    private int _at;
    private int _line = 1;

    private HoconOutline(string text) => _text = text;

    /// <summary>In the order of the text; a key that stands twice is there twice.</summary>
    internal static ImmutableArray<OutlineKey> Of(string text)
    {
        var outline = new HoconOutline(text);
        outline.Members("");
        return outline._keys.ToImmutable();
    }

    private void Members(string section)
    {
        while (SkipTo(IsWorthReading))
        {
            if (_text[_at] == '{') Nested(section);
            else if (_text[_at] == '}') return;
            else Member(section);
        }
    }

    private void Member(string section)
    {
        var (start, line) = (_at, _line);
        while (_at < _text.Length && _text[_at] is not ('=' or ':' or '{' or '}' or '\n' or ',' or '#'))
            _at++;
        var path = section + _text[start.._at].Trim().Trim('"');
        if (_at < _text.Length && _text[_at] is '=' or ':') _at++;
        SkipTo(c => c is not (' ' or '\t' or '\r'));

        switch (_at < _text.Length ? _text[_at] : '\n')
        {
            case '{':
                _keys.Add(new OutlineKey(path, line, ValueShape.Section));
                Nested(path + ".");
                break;
            case '[':
                _keys.Add(new OutlineKey(path, line, ValueShape.List));
                SkipTo(c => c == ']');
                _at++;
                break;
            default:
                _keys.Add(new OutlineKey(path, line, ValueShape.Value));
                SkipTo(c => c is '\n' or ',' or '}');
                break;
        }
    }

    private void Nested(string section)
    {
        _at++;
        Members(section);
        _at++;
    }

    private static bool IsWorthReading(char c) => c is not (',' or ' ' or '\t' or '\r' or '\n');

    /// <summary>Goes on to a character, past comments and quoted text, and counts lines.</summary>
    private bool SkipTo(Func<char, bool> isWanted)
    {
        while (_at < _text.Length)
        {
            var c = _text[_at];
            if (c == '#' || c == '/' && _text.AsSpan(_at).StartsWith("//"))
            {
                while (_at < _text.Length && _text[_at] != '\n')
                    _at++;
                continue;
            }

            if (isWanted(c)) return true;
            if (c == '\n') _line++;
            _at++;
            if (c == '"') SkipQuoted();
            else if (c == '$') SkipSubstitution();
        }

        return false;
    }

    private void SkipSubstitution()
    {
        while (_at < _text.Length && _text[_at] is not ('}' or '\n'))
            _at++;
        if (_at < _text.Length && _text[_at] == '}') _at++;
    }

    private void SkipQuoted()
    {
        while (_at < _text.Length && _text[_at] is not ('"' or '\n'))
            _at += _text[_at] == '\\' ? 2 : 1;
        if (_at < _text.Length && _text[_at] == '"') _at++;
    }
}
