using System;
using System.Collections.Generic;
using System.Linq;
using Akka.Configuration.Parsing;

namespace Akka.Configuration;

/// <summary>
/// Settings for an actor system. A missing value reads as the default that the caller names, a missing
/// <see cref="GetConfig"/> as null; a value of the wrong kind throws.
/// </summary>
public class Config
{
    public static readonly Config Empty = new();

    private readonly ObjectNode _own;

    public Config() : this(new ObjectNode(), null)
    {
    }

    public Config(Config source, Config fallback) : this(source._own, Chain(source.Fallback, fallback))
    {
    }

    internal Config(ObjectNode own, Config fallback = null)
    {
        _own = own;
        Fallback = fallback;
        Tree = fallback is null ? own : ObjectNode.Merge(fallback.Tree, own);
    }

    public Config Fallback { get; }

    public virtual bool IsEmpty => _own.Fields.Count == 0;

    /// <summary>Everything, fallbacks included.</summary>
    internal ObjectNode Tree { get; }

    public virtual Config WithFallback(Config fallback)
    {
        if (fallback is null || fallback.IsEmpty)
            return this;
        if (ReferenceEquals(fallback, this))
            throw new ArgumentException("Config can not have itself as fallback", nameof(fallback));
        return IsEmpty ? fallback : Copy(fallback);
    }

    protected Config Copy(Config fallback = null) => new(_own, Chain(Fallback, fallback));

    private static Config Chain(Config first, Config last) => first is null ? last : first.WithFallback(last);

    public virtual bool HasPath(string path) => Node(path) is not null;

    public virtual string GetString(string path, string @default = null) => Node(path) is { } node ? Text(node, path) : @default;

    public virtual bool GetBoolean(string path, bool @default = false) => Node(path) is { } node ? Values.Boolean(Text(node, path)) : @default;

    public virtual int GetInt(string path, int @default = 0) => Number(path, @default);

    public virtual long GetLong(string path, long @default = 0) => Number(path, @default);

    public virtual float GetFloat(string path, float @default = 0) => Number(path, @default);

    public virtual double GetDouble(string path, double @default = 0) => Number(path, @default);

    public virtual decimal GetDecimal(string path, decimal @default = 0) => Number(path, @default);

    public virtual long? GetByteSize(string path) => GetByteSize(path, null);

    public virtual long? GetByteSize(string path, long? def = null) => Node(path) is { } node ? Values.ByteSize(Text(node, path)) : def;

    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default = null, bool allowInfinite = true) =>
        Node(path) is { } node ? Values.TimeSpan(Text(node, path), allowInfinite) : @default.GetValueOrDefault();

    public virtual IList<string> GetStringList(string path) => List(path, text => text);

    public virtual IList<string> GetStringList(string path, string[] defaultPaths) => Node(path) is null ? defaultPaths : GetStringList(path);

    public virtual IList<bool> GetBooleanList(string path) => List(path, Values.Boolean);

    public virtual IList<byte> GetByteList(string path) => List(path, Values.Number<byte>);

    public virtual IList<int> GetIntList(string path) => List(path, Values.Number<int>);

    public virtual IList<long> GetLongList(string path) => List(path, Values.Number<long>);

    public virtual IList<float> GetFloatList(string path) => List(path, Values.Number<float>);

    public virtual IList<double> GetDoubleList(string path) => List(path, Values.Number<double>);

    public virtual IList<decimal> GetDecimalList(string path) => List(path, Values.Number<decimal>);

    public virtual Config GetConfig(string path) => Node(path) switch
    {
        null => null,
        ObjectNode node => new Config(node),
        _ => throw new ConfigurationException($"'{path}' is not an object."),
    };

    public override string ToString() => Parsing.Tree.Render(_own);

    public string ToString(bool includeFallback) => includeFallback ? Parsing.Tree.Render(Tree) : ToString();

    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    public static Config operator +(Config config, string fallback) => config.WithFallback(ConfigurationFactory.ParseString(fallback));

    public static Config operator +(string configHocon, Config fallbackConfig) =>
        ConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);

    private Node Node(string path) => Parsing.Tree.Find(Tree, Keys.Parse(path)) is { } node and not Scalar { Kind: ScalarKind.Null } ? node : null;

    private T Number<T>(string path, T @default) where T : System.Numerics.INumberBase<T> =>
        Node(path) is { } node ? Values.Number<T>(Text(node, path)) : @default;

    private static string Text(Node node, string path) =>
        node is Scalar scalar ? scalar.Text : throw new ConfigurationException($"'{path}' is not a single value.");

    private List<T> List<T>(string path, Func<string, T> read) => Node(path) switch
    {
        null => [],
        ArrayNode array => array.Items.Select(item => read(Text(item, path))).ToList(),
        _ => throw new ConfigurationException($"'{path}' is not a list."),
    };
}
