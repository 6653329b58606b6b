using System;
using System.Collections.Generic;
using System.Linq;

namespace Akka.Configuration.Parsing;

/// <summary>
/// Replaces substitutions by what their paths hold in the finished document. A value that refers to its own path
/// sees what the path held before that line. What the document does not have is taken from the environment.
/// </summary>
internal sealed class Resolver
{
    // A few lines that refer to each other can spell a tree of any size; these end it far beyond any real file.
    private const int DeepestReference = 200;
    private const int MostValues = 1_000_000;

    private readonly ObjectNode _root;
    private readonly HashSet<Node> _active = new(ReferenceEqualityComparer.Instance);

    private int _references;
    private int _values;

    private Resolver(ObjectNode root) => _root = root;

    public static ObjectNode Resolve(ObjectNode root) => Unresolved(root) ? (ObjectNode)new Resolver(root).Value(root) : root;

    public static bool HasSubstitution(List<Node> parts) => parts.Exists(Unresolved);

    private static bool Unresolved(Node node) => node switch
    {
        Scalar => false,
        ArrayNode array => array.Items.Exists(Unresolved),
        ObjectNode o => o.Fields.Any(f => Unresolved(f.Value)),
        _ => true,
    };

    /// <returns>Null for "nothing": an optional substitution without a value.</returns>
    private Node Value(Node node)
    {
        _values++;
        if (node is Scalar)
            return node;
        _active.Add(node);
        var value = node switch
        {
            ObjectNode o => Fields(o),
            ArrayNode array => new ArrayNode(array.Items.Select(Value).Where(v => v is not null).ToList()),
            Substitution s => Referred(s),
            Pending p => Overlaid(p),
            Concat c => Joined(c),
            _ => throw new InvalidOperationException($"No such node: {node.GetType().Name}"),
        };
        _active.Remove(node);
        return value;
    }

    private ObjectNode Fields(ObjectNode o)
    {
        var resolved = new ObjectNode();
        foreach (var (key, field) in o.Fields)
        {
            if (Value(field) is { } value)
                resolved.Put(key, value);
        }
        return resolved;
    }

    private Node Overlaid(Pending p)
    {
        var later = Value(p.Later);
        if (later is not null and not ObjectNode)
            return later;
        var earlier = Value(p.Earlier);
        return later is ObjectNode over && earlier is ObjectNode under ? ObjectNode.Merge(under, over) : later ?? earlier;
    }

    private Node Joined(Concat c)
    {
        var position = c.Parts.OfType<Substitution>().Select(s => s.Position).FirstOrDefault();
        var parts = c.Parts.Select(Value).Where(v => v is not null).ToList();
        return parts.TrueForAll(IsBlank) ? null : Join(parts, position);
    }

    /// <summary>Several values side by side: text is joined, arrays are appended, objects are merged.</summary>
    public static Node Join(List<Node> parts, Position position)
    {
        var solid = parts.Where(p => !IsBlank(p)).ToList();
        if (solid.Count == 1 && solid[0] is not Scalar)
            return solid[0];
        if (solid.TrueForAll(p => p is Scalar))
            return new Scalar(string.Concat(parts.Cast<Scalar>().Select(s => s.Kind == ScalarKind.Null ? "null" : s.Text)), Kind(solid));
        if (solid.TrueForAll(p => p is ArrayNode))
            return new ArrayNode(solid.Cast<ArrayNode>().SelectMany(a => a.Items).ToList());
        if (solid.TrueForAll(p => p is ObjectNode))
            return solid.Cast<ObjectNode>().Aggregate(ObjectNode.Merge);
        throw new SyntaxException("Text, arrays and objects cannot be mixed in one value.", position);
    }

    private static ScalarKind Kind(List<Node> parts) =>
        parts.Exists(p => ((Scalar)p).Kind == ScalarKind.Quoted) ? ScalarKind.Quoted : ScalarKind.Unquoted;

    private static bool IsBlank(Node node) => node is Scalar { Kind: ScalarKind.Unquoted, Text: " " };

    private Node Referred(Substitution s)
    {
        if (++_references > DeepestReference || _values > MostValues)
            throw new SyntaxException("References lead too deep or to too much.", s.Position);
        var found = Find(s);
        _references--;
        if (found is null && Environment.GetEnvironmentVariable(string.Join('.', s.Path)) is { } variable)
            found = new Scalar(variable, ScalarKind.Quoted);
        if (found is null && !s.Optional)
            throw new SyntaxException($"'${{{string.Join('.', s.Path)}}}' refers to nothing.", s.Position);
        return found;
    }

    private Node Find(Substitution s)
    {
        Node node = _root;
        for (var i = 0; i < s.Path.Length; i++)
        {
            if ((node as ObjectNode ?? Value(node) as ObjectNode)?.Fields.TryGetValue(s.Path[i], out node) != true)
                return null;
            // An object on the way is only walked through; any other value under way is this reference's own past.
            var last = i == s.Path.Length - 1;
            while (node is not null && (node is not ObjectNode || last) && _active.Contains(node))
                node = (node as Pending)?.Earlier;
            if (node is null)
                return null;
        }
        return Value(node);
    }
}
