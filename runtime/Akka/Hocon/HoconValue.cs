using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Numerics;
using Akka.Configuration.Parsing;

namespace Hocon;

/// <summary>One value of a document. The getters throw <see cref="HoconException"/> where it is of another kind.</summary>
public class HoconValue
{
    private readonly Node _node;

    internal HoconValue(Node node) => _node = node;

    public virtual HoconType Type => _node switch
    {
        ArrayNode => HoconType.Array,
        ObjectNode => HoconType.Object,
        Scalar { Kind: ScalarKind.Unquoted } s when Scalars.TryBoolean(s.Text, out _) => HoconType.Boolean,
        Scalar { Kind: ScalarKind.Unquoted } s when IsNumber(s.Text) => HoconType.Number,
        Scalar => HoconType.String,
        _ => HoconType.Empty,
    };

    internal Node Node => _node;

    public virtual HoconObject GetObject() => _node is ObjectNode o ? new HoconObject(o) : throw Not("an object");

    public virtual List<HoconValue> GetArray() =>
        _node is ArrayNode a ? a.Items.Select(i => new HoconValue(i)).ToList() : throw Not("an array");

    public virtual string GetString() => _node is Scalar s ? s.Text : throw Not("text");

    public bool GetBoolean() => Scalars.TryBoolean(GetString(), out var value) ? value : throw Not("a boolean");

    public int GetInt() => GetLong() is >= int.MinValue and <= int.MaxValue and var value ? (int)value : throw Not("a 32-bit integer");

    public long GetLong() => Scalars.TryInteger(GetString(), out var value) ? value : throw Not("an integer");

    public float GetFloat() => Number<float>();

    public double GetDouble() => Number<double>();

    public decimal GetDecimal() => Number<decimal>();

    public long? GetByteSize() => Units.TryByteSize(GetString(), out var value) ? value : throw Not("a size in bytes");

    public TimeSpan GetTimeSpan(bool allowInfinite = true) =>
        Units.TryTimeSpan(GetString(), allowInfinite, out var value) ? value : throw Not("a duration");

    public IList<string> GetStringList() => GetArray().Select(v => v.GetString()).ToList();

    public IList<bool> GetBooleanList() => GetArray().Select(v => v.GetBoolean()).ToList();

    public IList<int> GetIntList() => GetArray().Select(v => v.GetInt()).ToList();

    public IList<long> GetLongList() => GetArray().Select(v => v.GetLong()).ToList();

    public IList<double> GetDoubleList() => GetArray().Select(v => v.GetDouble()).ToList();

    public IList<HoconObject> GetObjectList() => GetArray().Select(v => v.GetObject()).ToList();

    public override string ToString() => Tree.Render(_node);

    private T Number<T>() where T : INumberBase<T> =>
        Scalars.TryNumber<T>(GetString(), NumberStyles.Float, out var value) ? value : throw Not("a number");

    private static bool IsNumber(string text) => Scalars.TryInteger(text, out _) || Scalars.TryNumber<double>(text, NumberStyles.Float, out _);

    private HoconException Not(string expected) =>
        new($"{(_node is Scalar s ? $"'{s.Text ?? "null"}'" : _node is ArrayNode ? "an array" : "an object")} is not {expected}.");
}
