namespace Akka.Configuration.Parsing;

/// <summary>The text, where we are in it, and the line and column of that place.</summary>
internal sealed class Cursor(string text)
{
    public const char End = '\0';

    private int _at;
    private int _line = 1;
    private int _lineStart;

    public Position Position => new(_line, _at - _lineStart + 1);

    public bool AtEnd => _at >= text.Length;

    /// <summary>The character <paramref name="ahead"/> places on, <see cref="End"/> behind the last one.</summary>
    public char Peek(int ahead = 0) => _at + ahead < text.Length ? text[_at + ahead] : End;

    public bool Looking(string at) => string.CompareOrdinal(text, _at, at, 0, at.Length) == 0;

    public char Next()
    {
        var c = text[_at++];
        if (c == '\n')
        {
            _line++;
            _lineStart = _at;
        }
        return c;
    }

    public void Skip(int count)
    {
        while (count-- > 0)
            Next();
    }

    public SyntaxException Error(string message) => new(message, Position);

    /// <summary>Blanks on this line; true if there were any.</summary>
    public bool SkipBlanks()
    {
        var any = false;
        while (!AtEnd && Peek() != '\n' && (char.IsWhiteSpace(Peek()) || Peek() == '\uFEFF'))
        {
            Next();
            any = true;
        }
        return any;
    }

    /// <summary>Blanks, line ends and comments.</summary>
    public void SkipTrivia()
    {
        while (true)
        {
            SkipBlanks();
            if (AtComment)
                SkipComment();
            if (Peek() != '\n')
                return;
            Next();
        }
    }

    public bool AtComment => Peek() == '#' || (Peek() == '/' && Peek(1) == '/');

    private void SkipComment()
    {
        while (!AtEnd && Peek() != '\n')
            Next();
    }
}
