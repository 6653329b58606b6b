using System.Text.RegularExpressions;

namespace Akka.Actor;

/// <summary>One step of a selection.</summary>
public abstract class SelectionPathElement
{
    internal static SelectionPathElement Of(string text) => text switch
    {
        ".." => SelectParent.Instance,
        _ when text.AsSpan().ContainsAny('*', '?') => new SelectChildPattern(text),
        _ => new SelectChildName(text),
    };
}

internal sealed class SelectParent : SelectionPathElement
{
    public static readonly SelectParent Instance = new();

    public override string ToString() => "..";
}

internal sealed class SelectChildName(string name) : SelectionPathElement
{
    public string Name => name;

    public override string ToString() => name;
}

internal sealed class SelectChildPattern(string pattern) : SelectionPathElement
{
    private readonly Regex _regex = new(
        "^" + Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$",
        RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    public bool Fits(string name) => _regex.IsMatch(name);

    public override string ToString() => pattern;
}
