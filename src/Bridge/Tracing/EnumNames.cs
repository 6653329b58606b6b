using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;

namespace DrmActors.Bridge.Tracing;

/// <summary>The names of an enumeration's values: one, or for flags all that are set, and in hex what has none.</summary>
internal sealed class EnumNames
{
    private static readonly ConcurrentDictionary<Type, EnumNames> Known = new();

    private readonly bool _flags;
    private readonly (ulong Value, string Name)[] _names;

    private EnumNames(Type type)
    {
        _flags = type.GetCustomAttribute<FlagsAttribute>() is not null;
        // No bit of a mask has a name of its own, so a mask's name says nothing.
        _names = [.. Enum.GetValues(type).Cast<Enum>()
            .Select(value => (Number(value), Enum.GetName(type, value)!))
            .Where(pair => !pair.Item2.EndsWith("Mask", StringComparison.Ordinal))
            .Select(pair => (pair.Item1, UapiNames.OfConstant(pair.Item2)))];
    }

    public static string Of(Enum value) => Known.GetOrAdd(value.GetType(), static t => new EnumNames(t)).Name(Number(value));

    private static ulong Number(Enum value) => Convert.ToUInt64(value, CultureInfo.InvariantCulture);

    private static string Hex(ulong value) => string.Create(CultureInfo.InvariantCulture, $"0x{value:x}");

    private string Name(ulong value)
    {
        foreach (var (known, name) in _names)
            if (known == value && (value != 0 || !_flags))
                return name;
        return _flags ? Flags(value) : Hex(value);
    }

    private string Flags(ulong value)
    {
        if (value == 0)
            return "0";
        var set = new List<string>();
        var rest = value;
        foreach (var (known, name) in _names)
        {
            if (known == 0 || (rest & known) != known)
                continue;
            set.Add(name);
            rest &= ~known;
        }

        if (rest != 0)
            set.Add(Hex(rest));
        return string.Join('|', set);
    }
}
