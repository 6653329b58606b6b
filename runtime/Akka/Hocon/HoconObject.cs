using System.Collections.Generic;
using Akka.Configuration.Parsing;

namespace Hocon;

/// <summary>The fields of one object, in the order of the document.</summary>
public class HoconObject : Dictionary<string, HoconField>
{
    private readonly ObjectNode _node;

    internal HoconObject(ObjectNode node)
    {
        _node = node;
        foreach (var (key, value) in node.Fields)
            Add(key, new HoconField(key, new HoconValue(value)));
    }

    /// <summary>Takes a path, as <see cref="GetField"/>; the dictionary's own look-up takes the bare key.</summary>
    public new HoconField this[string key] => GetField(key);

    public HoconField GetField(string key) =>
        TryGetField(key, out var field) ? field : throw new KeyNotFoundException($"Could not find field at path `{key}`.");

    public bool TryGetField(string key, out HoconField result)
    {
        var path = Akka.Configuration.Parsing.Keys.Parse(key);
        result = Tree.Find(_node, path) is { } node ? new HoconField(path[^1], new HoconValue(node)) : null;
        return result is not null;
    }

    public override string ToString() => Tree.Render(_node);
}

/// <summary>A key and its value.</summary>
public sealed class HoconField
{
    internal HoconField(string key, HoconValue value)
    {
        Key = key;
        Value = value;
    }

    public string Key { get; }

    public HoconValue Value { get; }

    public HoconType Type => Value.Type;

    public HoconObject GetObject() => Value.GetObject();

    public List<HoconValue> GetArray() => Value.GetArray();

    public string GetString() => Value.GetString();

    public override string ToString() => Value.ToString();
}
