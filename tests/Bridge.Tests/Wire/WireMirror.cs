using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using DrmActors.Bridge.Wire;

namespace DrmActors.Bridge.Tests.Wire;

/// <summary>Everything that src/Bridge/Wire defines, under the names that it has in wire.h.</summary>
internal static partial class WireMirror
{
    public static SortedDictionary<string, string> Facts()
    {
        var wire = typeof(WireConstants).Assembly.GetTypes().Where(t => t.Namespace == typeof(WireConstants).Namespace && !t.IsNested && t != typeof(WireName)).ToList();
        var facts = wire.Where(t => t.IsEnum).SelectMany(Members).Concat(wire.Where(t => t.IsValueType && !t.IsEnum).SelectMany(Layout)).Concat(Constants());
        return new(facts.ToDictionary(f => f.Name, f => f.Value, StringComparer.Ordinal), StringComparer.Ordinal);
    }

    // A slot is its header here, and offsets behind that: one struct of 16 KiB would be copied by somebody.
    private static IEnumerable<(string Name, string Value)> Constants()
    {
        foreach (var field in typeof(WireConstants).GetFields())
        {
            var value = Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)!;
            var ranges = WireConstants.RangesMax * Unsafe.SizeOf<WireRange>();
            yield return field.Name switch
            {
                nameof(WireConstants.ArgumentOffset) => ("wire_slot.argument", $"{value}+{WireConstants.ArgumentSize}"),
                nameof(WireConstants.DescriptorOffset) => ("wire_slot.descriptor", $"{value}+{WireConstants.DescriptorsMax * Unsafe.SizeOf<WireDescriptor>()}"),
                nameof(WireConstants.RangeBytes) => ("wire_slot", value),
                _ => ("WIRE_" + Snake(field.Name).ToUpperInvariant(), value),
            };
            if (field.Name == nameof(WireConstants.Payload))
                yield return ("wire_slot.range", $"{value}+{ranges}");
        }
    }

    private static IEnumerable<(string Name, string Value)> Members(Type type) => Enum.GetNames(type)
        .Select(name => ("WIRE_" + Snake(name).ToUpperInvariant(), Convert.ToString(Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)));

    private static IEnumerable<(string Name, string Value)> Layout(Type type)
    {
        var name = type == typeof(WireSlotHeader) ? "wire_slot" : Snake(type.Name);
        if (type != typeof(WireSlotHeader))
            yield return (name, $"{SizeOf(type)}");
        foreach (var field in type.GetFields())
            yield return ($"{name}.{Snake(field.Name)}", $"{Marshal.OffsetOf(type, field.Name)}+{SizeOf(field.FieldType)}");
    }

    private static int SizeOf(Type type) => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;

    private static string Snake(string name) => Capitals().Replace(name, "_$0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Capitals();
}
