using System;
using System.Collections.Generic;
using Akka.Configuration.Parsing;

namespace Hocon;

/// <summary>A document with other documents behind it, which answer for what it does not have.</summary>
public class Config : HoconRoot
{
    private readonly Config _fallback;

    public Config(HoconRoot root) : this(root.Tree, (root as Config)?._fallback)
    {
    }

    public Config(HoconRoot root, Config fallback) : this(root.Tree, Chain((root as Config)?._fallback, fallback))
    {
    }

    internal Config(ObjectNode tree, Config fallback = null) : base(tree)
    {
        _fallback = fallback;
        Visible = fallback is null ? tree : ObjectNode.Merge(fallback.Visible, tree);
    }

    public static Config Empty => new(new ObjectNode());

    /// <summary>Everything, fallbacks included.</summary>
    public HoconValue Root => new(Visible);

    public override bool IsEmpty => Visible.Fields.Count == 0;

    private protected override ObjectNode Visible { get; }

    /// <returns>The object at a path as a document of its own; an empty one if there is none.</returns>
    public virtual Config GetConfig(string path) => Find(path) switch
    {
        null => Empty,
        { Node: ObjectNode node } => new Config(node),
        _ => throw new HoconException($"The value at path `{path}` is not an object."),
    };

    public virtual Config WithFallback(Config fallback)
    {
        if (fallback is null || fallback.IsEmpty)
            return this;
        if (ReferenceEquals(fallback, this))
            throw new ArgumentException("Config can not have itself as fallback", nameof(fallback));
        return IsEmpty ? fallback : new Config(Tree, Chain(_fallback, fallback));
    }

    public override IEnumerable<KeyValuePair<string, HoconField>> AsEnumerable() => new HoconObject(Visible);

    public string ToString(bool useFallbackValues) => useFallbackValues ? Root.ToString() : ToString();

    public static implicit operator Config(string str) => HoconConfigurationFactory.ParseString(str);

    public static Config operator +(Config config, string fallback) => config.WithFallback(HoconConfigurationFactory.ParseString(fallback));

    public static Config operator +(string configHocon, Config fallbackConfig) =>
        HoconConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);

    private static Config Chain(Config first, Config last) => first is null ? last : first.WithFallback(last);
}
