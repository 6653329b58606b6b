using System.Collections.Generic;

namespace Akka.Configuration.Parsing;

/// <summary>
/// One value of a HOCON document. After <see cref="Resolver"/> has run a tree holds only <see cref="Scalar"/>,
/// <see cref="ArrayNode"/> and <see cref="ObjectNode"/>.
/// </summary>
internal abstract class Node;

internal enum ScalarKind { Null, Unquoted, Quoted }

/// <summary>Text, as written for unquoted and unescaped for quoted; types are given to it by whoever reads it.</summary>
internal sealed class Scalar(string text, ScalarKind kind) : Node
{
    public static readonly Scalar Null = new(null, ScalarKind.Null);

    public string Text { get; } = text;
    public ScalarKind Kind { get; } = kind;
}

internal sealed class ArrayNode(List<Node> items) : Node
{
    public List<Node> Items { get; } = items;
}

/// <summary>Fields in the order of their first appearance.</summary>
internal sealed class ObjectNode : Node
{
    public OrderedDictionary<string, Node> Fields { get; } = new(System.StringComparer.Ordinal);

    /// <summary>Adds one field as a later line of the document does: objects merge, everything else is replaced.</summary>
    public void Put(string key, Node value)
    {
        Fields[key] = Fields.TryGetValue(key, out var earlier) ? Overlay(earlier, value) : value;
    }

    private static Node Overlay(Node earlier, Node later)
    {
        if (later is Scalar or ArrayNode)
            return later;
        if (later is ObjectNode)
        {
            if (earlier is not ObjectNode)
                return earlier is Scalar or ArrayNode ? later : new Pending(earlier, later);
            return Merge((ObjectNode)earlier, (ObjectNode)later);
        }
        return new Pending(earlier, later);
    }

    /// <summary>A new object with the fields of both; <paramref name="over"/> wins.</summary>
    public static ObjectNode Merge(ObjectNode under, ObjectNode over)
    {
        var merged = new ObjectNode();
        foreach (var (key, value) in under.Fields)
            merged.Fields[key] = value;
        foreach (var (key, value) in over.Fields)
            merged.Put(key, value);
        return merged;
    }
}

/// <summary>Values side by side on one line, a substitution among them.</summary>
internal sealed class Concat(List<Node> parts) : Node
{
    public List<Node> Parts { get; } = parts;
}

/// <summary><c>${path}</c> or <c>${?path}</c>.</summary>
internal sealed class Substitution(string[] path, bool optional, Position position) : Node
{
    public string[] Path { get; } = path;
    public bool Optional { get; } = optional;
    public Position Position { get; } = position;
}

/// <summary>A field set twice, where only resolving tells whether the two merge; also what a self-reference looks back at.</summary>
internal sealed class Pending(Node earlier, Node later) : Node
{
    public Node Earlier { get; } = earlier;
    public Node Later { get; } = later;
}

/// <summary>Both count from 1.</summary>
internal readonly record struct Position(int Line, int Column);
