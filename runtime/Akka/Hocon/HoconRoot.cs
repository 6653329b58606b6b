using System;
using System.Collections.Generic;
using Akka.Configuration.Parsing;

namespace Hocon;

/// <summary>
/// A document and its getters. With a default named, a missing value and one of the wrong kind both read as that default;
/// without one both throw <see cref="HoconValueException"/>.
/// </summary>
public class HoconRoot
{
    internal HoconRoot(ObjectNode tree)
    {
        Tree = tree;
        Value = new HoconValue(tree);
    }

    public HoconValue Value { get; }

    public virtual bool IsEmpty => Tree.Fields.Count == 0;

    internal ObjectNode Tree { get; }

    public virtual bool HasPath(string path) => Find(path) is not null;

    public virtual HoconValue GetValue(string path) => Get(path, v => v);

    public virtual bool TryGetValue(string path, out HoconValue result) => (result = Find(path)) is not null;

    public virtual string GetString(string path) => Get(path, v => v.GetString());

    public virtual string GetString(string path, string @default) => Get(path, v => v.GetString(), @default);

    public virtual bool GetBoolean(string path) => Get(path, v => v.GetBoolean());

    public virtual bool GetBoolean(string path, bool @default) => Get(path, v => v.GetBoolean(), @default);

    public virtual int GetInt(string path) => Get(path, v => v.GetInt());

    public virtual int GetInt(string path, int @default) => Get(path, v => v.GetInt(), @default);

    public virtual long GetLong(string path) => Get(path, v => v.GetLong());

    public virtual long GetLong(string path, long @default) => Get(path, v => v.GetLong(), @default);

    public virtual float GetFloat(string path) => Get(path, v => v.GetFloat());

    public virtual float GetFloat(string path, float @default) => Get(path, v => v.GetFloat(), @default);

    public virtual double GetDouble(string path) => Get(path, v => v.GetDouble());

    public virtual double GetDouble(string path, double @default) => Get(path, v => v.GetDouble(), @default);

    public virtual decimal GetDecimal(string path) => Get(path, v => v.GetDecimal());

    public virtual decimal GetDecimal(string path, decimal @default) => Get(path, v => v.GetDecimal(), @default);

    public virtual long? GetByteSize(string path) => Get(path, v => v.GetByteSize());

    public virtual TimeSpan GetTimeSpan(string path, bool allowInfinite = true) => Get(path, v => v.GetTimeSpan(allowInfinite));

    public virtual TimeSpan GetTimeSpan(string path, TimeSpan? @default, bool allowInfinite = true) =>
        Get(path, v => v.GetTimeSpan(allowInfinite), @default.GetValueOrDefault());

    public virtual IList<string> GetStringList(string path) => Get(path, v => v.GetStringList());

    public virtual IList<string> GetStringList(string path, IList<string> @default) => Get(path, v => v.GetStringList(), @default);

    public virtual IList<bool> GetBooleanList(string path) => Get(path, v => v.GetBooleanList());

    public virtual IList<int> GetIntList(string path) => Get(path, v => v.GetIntList());

    public virtual IList<long> GetLongList(string path) => Get(path, v => v.GetLongList());

    public virtual IList<double> GetDoubleList(string path) => Get(path, v => v.GetDoubleList());

    public virtual IList<HoconObject> GetObjectList(string path) => Get(path, v => v.GetObjectList());

    public virtual HoconObject GetObject(string path, HoconObject @default) => Get(path, v => v.GetObject(), @default);

    /// <summary>The fields at the top, in the order of the document.</summary>
    public virtual IEnumerable<KeyValuePair<string, HoconField>> AsEnumerable() => Value.GetObject();

    public override string ToString() => Value.ToString();

    public string PrettyPrint(int indentSize) => Akka.Configuration.Parsing.Tree.Render(Tree, 0, indentSize);

    private protected virtual ObjectNode Visible => Tree;

    private protected HoconValue Find(string path) =>
        Akka.Configuration.Parsing.Tree.Find(Visible, Keys.Parse(path)) is { } node ? new HoconValue(node) : null;

    private T Get<T>(string path, Func<HoconValue, T> read)
    {
        try
        {
            return read(Find(path) ?? throw new HoconException($"Could not find path `{path}`."));
        }
        catch (Exception e) when (e is HoconException or SyntaxException)
        {
            throw new HoconValueException($"{path}: {e.Message}", path, e);
        }
    }

    private T Get<T>(string path, Func<HoconValue, T> read, T @default)
    {
        try
        {
            return Find(path) is { } value ? read(value) : @default;
        }
        catch (HoconException)
        {
            return @default;
        }
    }
}
