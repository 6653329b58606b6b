namespace DrmActors.Runtime.Tests.Api;

/// <summary>What Akka.NET 1.5.30 and Hocon 2.0.4 have, and what of a surface they do not have.</summary>
internal static class AkkaSurface
{
    private static readonly HashSet<string> Lines = [.. Read("akka-1.5.30.api.txt")];

    // Type lines, "NAME : kind, base, interface, ...", by name.
    private static readonly Dictionary<string, string[]> TypeLines = Lines
        .Where(IsTypeLine)
        .Select(line => line.Split(" : "))
        .ToDictionary(parts => parts[0], parts => parts[1].Split(", "), StringComparer.Ordinal);

    /// <summary>The types whose members are listed.</summary>
    public static HashSet<string> Types { get; } = [.. Read("types.txt").Where(line => line is not ['#', ..])];

    /// <summary>Those lines that do not hold for the real packages.</summary>
    public static IEnumerable<string> Foreign(IEnumerable<string> lines) => lines.Where(line => !Holds(line));

    private static bool Holds(string line)
    {
        if (Lines.Contains(line))
            return true;
        // An override changes no call that compiles: whoever makes it sees the member of the base type.
        if (line.Contains(".override ", StringComparison.Ordinal) || line.Contains(".protected override ", StringComparison.Ordinal))
            return true;
        // What may not be overridden or assigned here may well be there: whatever compiles here does there.
        if (Lines.Overlaps(Loosened(line)))
            return true;
        // Fewer interfaces and bases than the real type has are fine, others are not, and the kind must be the same.
        var parts = line.Split(" : ");
        if (!IsTypeLine(line) || !TypeLines.TryGetValue(parts[0], out var real))
            return false;
        var ours = parts[1].Split(", ");
        return ours[0] == real[0] && ours.All(real.Contains);
    }

    private static IEnumerable<string> Loosened(string line)
    {
        var name = line.Split('(', ' ')[0];
        var member = name.LastIndexOf('.') + 1;
        if (line.Contains("static readonly ", StringComparison.Ordinal))
            yield return line.Replace("static readonly ", "static ", StringComparison.Ordinal);
        else if (!line.Contains("virtual ", StringComparison.Ordinal) && !line.Contains("static ", StringComparison.Ordinal))
            yield return line.Insert(name.EndsWith(".protected", StringComparison.Ordinal) ? name.Length + 1 : member, "virtual ");
    }

    // A member line has an argument list, accessors or a modifier between the type's name and the colon, or no kind behind it.
    private static bool IsTypeLine(string line) =>
        line.Split(" : ") is [_, var rest]
        && rest.Split(", ")[0] is "interface" or "enum" or "struct" or "delegate" or "class" or "static class" or "abstract class" or "sealed class";

    private static IEnumerable<string> Read(string file) =>
        File.ReadLines(Loaded.File("tests", "Runtime.Tests", "Api", file)).Select(line => line.Trim()).Where(line => line.Length > 0);
}
