using System;
using System.Collections.Generic;

namespace Akka.Configuration.Parsing;

/// <summary>
/// Reads HOCON text into a tree without unresolved parts. Not supported, and said so: <c>+=</c>, <c>include</c> without a callback.
/// </summary>
internal sealed class Parser
{
    // Far beyond any real file, far below what the stack takes.
    private const int DeepestNesting = 200;

    private readonly Cursor _at;
    private readonly Func<string, string> _include;
    private readonly int _includeDepth;
    private int _depth;

    private Parser(string text, Func<string, string> include, int includeDepth)
    {
        _at = new Cursor(text.Replace("\r\n", "\n"));
        _include = include;
        _includeDepth = includeDepth;
    }

    /// <param name="text">The document; an object, with or without its braces.</param>
    /// <param name="include">Gives the text of an included file, null if there is none; null where includes are not allowed.</param>
    public static ObjectNode Parse(string text, Func<string, string> include = null) =>
        Resolver.Resolve(new Parser(text, include, 0).Document());

    private ObjectNode Document()
    {
        _at.SkipTrivia();
        if (_at.Peek() == '[')
            throw _at.Error("A document is an object, not an array.");
        if (_at.Peek() != '{')
            return Members(new ObjectNode(), opened: null);
        var root = Object();
        _at.SkipTrivia();
        return _at.AtEnd ? root : throw _at.Error($"Nothing may follow the closing brace of the document, found {Keys.Shown(_at)}.");
    }

    private ObjectNode Object()
    {
        var opened = _at.Position;
        _at.Next();
        Enter();
        var members = Members(new ObjectNode(), opened);
        _depth--;
        return members;
    }

    private ObjectNode Members(ObjectNode into, Position? opened)
    {
        while (true)
        {
            _at.SkipTrivia();
            if (_at.AtEnd)
                return opened is { } place ? throw new SyntaxException("A '{' is never closed.", place) : into;
            if (_at.Peek() == '}' && opened is not null)
            {
                _at.Next();
                return into;
            }
            if (AtInclude())
                Include(into);
            else
                Member(into);
            EndOfItem('}', opened is not null);
        }
    }

    private void Member(ObjectNode into)
    {
        var path = Keys.Read(_at);
        _at.SkipBlanks();
        if (_at.Looking("+="))
            throw _at.Error("'+=' is not supported; write the whole list.");
        if (_at.Peek() is ':' or '=')
        {
            _at.Next();
            _at.SkipTrivia();
        }
        else if (_at.Peek() != '{')
        {
            throw _at.Error($"'=', ':' or '{{' is expected after the key '{string.Join('.', path)}', found {Keys.Shown(_at)}.");
        }
        var value = Value();
        for (var i = path.Length - 1; i > 0; i--)
        {
            var around = new ObjectNode();
            around.Put(path[i], value);
            value = around;
        }
        into.Put(path[0], value);
    }

    private Node Value()
    {
        var start = _at.Position;
        var parts = new List<Node>();
        while (true)
        {
            var blanks = _at.SkipBlanks() && parts.Count > 0;
            if (_at.AtEnd || _at.AtComment || _at.Peek() is '\n' or ',' or '}' or ']')
                break;
            if (blanks)
                parts.Add(new Scalar(" ", ScalarKind.Unquoted));
            parts.Add(Part());
        }
        return parts.Count switch
        {
            0 => throw new SyntaxException($"A value is expected, found {Keys.Shown(_at)}.", start),
            1 => parts[0],
            _ => Resolver.HasSubstitution(parts) ? new Concat(parts) : Resolver.Join(parts, start),
        };
    }

    private Node Part()
    {
        switch (_at.Peek())
        {
            case '{': return Object();
            case '[': return Array();
            case '"': return new Scalar(Strings.Quoted(_at), ScalarKind.Quoted);
            case '$' when _at.Peek(1) == '{': return Reference();
        }
        var text = Strings.Unquoted(_at);
        if (text.Length == 0)
            throw _at.Error($"{Keys.Shown(_at)} cannot stand in an unquoted value; quote it.");
        return text == "null" ? Scalar.Null : new Scalar(text, ScalarKind.Unquoted);
    }

    private ArrayNode Array()
    {
        var opened = _at.Position;
        _at.Next();
        Enter();
        var items = new List<Node>();
        while (true)
        {
            _at.SkipTrivia();
            if (_at.AtEnd)
                throw new SyntaxException("A '[' is never closed.", opened);
            if (_at.Peek() == ']')
                break;
            items.Add(Value());
            EndOfItem(']', closes: true);
        }
        _at.Next();
        _depth--;
        return new ArrayNode(items);
    }

    private Substitution Reference()
    {
        var start = _at.Position;
        _at.Skip(2);
        var optional = _at.Peek() == '?';
        if (optional)
            _at.Next();
        _at.SkipBlanks();
        var path = Keys.Read(_at);
        if (_at.Peek() != '}')
            throw new SyntaxException("A '${' is never closed.", start);
        _at.Next();
        return new Substitution(path, optional, start);
    }

    /// <summary>Items end with a comma, the end of the line, or the bracket that closes them all.</summary>
    private void EndOfItem(char bracket, bool closes)
    {
        _at.SkipBlanks();
        if (_at.AtEnd || _at.AtComment || _at.Peek() == '\n' || (closes && _at.Peek() == bracket))
        {
            var line = _at.Position.Line;
            _at.SkipTrivia();
            if (_at.Peek() != ',' || _at.Position.Line == line)
                return;
        }
        if (_at.Peek() != ',')
            throw _at.Error($"A comma or the end of the line is expected, found {Keys.Shown(_at)}.");
        _at.Next();
        _at.SkipTrivia();
        if (_at.Peek() == ',')
            throw _at.Error("Two commas in a row.");
    }

    private bool AtInclude() => _at.Looking("include") && _at.Peek(7) is ' ' or '\t' or '"';

    private void Include(ObjectNode into)
    {
        var start = _at.Position;
        _at.Skip(7);
        _at.SkipBlanks();
        var required = Wrapper("required(");
        var file = Wrapper("file(");
        if (_at.Peek() != '"')
            throw _at.Error("'include' takes a quoted file name, file(\"...\") or required(...).");
        var name = Strings.Quoted(_at);
        for (var open = (required ? 1 : 0) + (file ? 1 : 0); open > 0; open--)
        {
            if (_at.Peek() != ')')
                throw _at.Error("A ')' is expected after the file name.");
            _at.Next();
        }
        if (_include is null)
            throw new SyntaxException($"'include \"{name}\"' needs an include callback, and none is given.", start);
        if (_includeDepth >= 32)
            throw new SyntaxException($"'include \"{name}\"' includes itself.", start);
        var text = _include(name);
        if (text is null && required)
            throw new SyntaxException($"The required file '{name}' is not there.", start);
        if (text is null)
            return;
        try
        {
            foreach (var (key, value) in new Parser(text, _include, _includeDepth + 1).Document().Fields)
                into.Put(key, value);
        }
        catch (SyntaxException e)
        {
            throw new SyntaxException($"In '{name}': {e.Message} Included", start);
        }
    }

    private bool Wrapper(string word)
    {
        if (!_at.Looking(word))
            return false;
        _at.Skip(word.Length);
        return true;
    }

    private void Enter()
    {
        if (++_depth > DeepestNesting)
            throw _at.Error($"Objects and arrays are nested deeper than {DeepestNesting}.");
    }
}
