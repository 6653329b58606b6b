using System.Collections.Immutable;

namespace DrmActors.Hardware.Boards;

/// <summary>The sections under "components": VOPs first, as the outputs name them.</summary>
internal static class ComponentReader
{
    // A CRTC is a bit in an encoder's possible_crtcs, an encoder one in another's possible_clones.
    private const int MaxVops = 32;
    private const int MaxOutputs = 32;

    private static readonly Dictionary<string, ComponentKind> Kinds = new(StringComparer.Ordinal)
    {
        ["vop"] = ComponentKind.Vop,
        ["hdmi"] = ComponentKind.Hdmi,
        ["edp"] = ComponentKind.Edp,
        ["dsi"] = ComponentKind.Dsi,
        ["virtual"] = ComponentKind.Virtual,
        ["writeback"] = ComponentKind.Writeback,
        ["output"] = ComponentKind.Output,
    };

    /// <param name="hasScreens">Else there may be none at all.</param>
    internal static ImmutableArray<ComponentDescription> ReadAll(BoardSection components, string file, bool hasScreens)
    {
        var kinds = components.Names.ToDictionary(n => n, n => Kind(components, n), StringComparer.Ordinal);
        var vops = Named(kinds, k => k == ComponentKind.Vop);
        var outputs = Named(kinds, k => k != ComponentKind.Vop);
        if (kinds.Count == 0 && !hasScreens)
            return [];
        if (vops.Count is 0 or > MaxVops) throw components.Broken("", $"{vops.Count} components of the kind vop", $"1 to {MaxVops}");
        if (outputs.Count > MaxOutputs) throw components.Broken("", $"{outputs.Count} outputs", $"at most {MaxOutputs}");

        var all = ImmutableArray.CreateBuilder<ComponentDescription>();
        foreach (var (name, kind) in kinds)
        {
            var section = components.Section(name);
            ComponentDescription component = kind == ComponentKind.Vop
                ? VopReader.Read(name, section, vops)
                : OutputReader.Read(name, kind, section, vops, Without(outputs, name), file);
            if (component.Address is not null && all.FirstOrDefault(c => c.Address == component.Address) is { } other)
                throw section.Broken("address", $"0x{component.Address:x}, the address of {other.Name}", "each address once");
            all.Add(component);
        }

        return all.ToImmutable();
    }

    private static ComponentKind Kind(BoardSection components, string name)
    {
        if (!char.IsAsciiLetter(name[0]) || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw components.Broken(name, $"the name '{name}'", "letters, digits, - and _, a letter first");
        return components.Section(name).OneOf("kind", Kinds);
    }

    private static Dictionary<string, string> Named(Dictionary<string, ComponentKind> kinds, Func<ComponentKind, bool> isWanted) =>
        kinds.Where(k => isWanted(k.Value)).ToDictionary(k => k.Key, k => k.Key, StringComparer.Ordinal);

    private static Dictionary<string, string> Without(Dictionary<string, string> names, string name) =>
        names.Where(n => n.Key != name).ToDictionary(n => n.Key, n => n.Value, StringComparer.Ordinal);
}
