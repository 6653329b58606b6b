using System;

namespace Akka.Configuration.Parsing;

/// <summary>The parser's own error; each of the two public faces turns it into its own exception.</summary>
internal sealed class SyntaxException(string message, Position position)
    : Exception($"{message} At line {position.Line}, position {position.Column}.")
{
    public Position Position { get; } = position;
}
