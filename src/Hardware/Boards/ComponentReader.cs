using System.Collections.Immutable;
using DrmActors.Hardware.Scanout;
using DrmActors.Hardware.Scanout.Composition;
using DrmActors.Messages;

namespace DrmActors.Hardware.Boards;

/// <summary>The sections under "components": VOPs first, as the outputs name them.</summary>
internal static class ComponentReader
{
    // A CRTC is a bit in an encoder's possible_crtcs.
    private const int MaxVops = 32;

    private static readonly Dictionary<string, ComponentKind> Kinds = new(StringComparer.Ordinal)
    {
        ["vop"] = ComponentKind.Vop,
        ["hdmi"] = ComponentKind.Hdmi,
        ["edp"] = ComponentKind.Edp,
        ["dsi"] = ComponentKind.Dsi,
        ["virtual"] = ComponentKind.Virtual,
        ["writeback"] = ComponentKind.Writeback,
    };

    private static readonly Dictionary<string, WindowType> WindowTypes = new(StringComparer.Ordinal)
    {
        ["primary"] = WindowType.Primary,
        ["overlay"] = WindowType.Overlay,
        ["cursor"] = WindowType.Cursor,
    };

    // What scan-out cannot read, no plane offers.
    private static readonly Dictionary<string, uint> PlaneFormats =
        FormatTable.All.Where(f => FrameComposer.CanRead(f.Code)).ToDictionary(f => f.Name, f => f.Code, StringComparer.Ordinal);

    private static readonly Dictionary<string, ConnectorStatus> Statuses = new(StringComparer.Ordinal)
    {
        ["connected"] = ConnectorStatus.Connected,
        ["disconnected"] = ConnectorStatus.Disconnected,
        ["unknown"] = ConnectorStatus.Unknown,
    };

    internal static ImmutableArray<ComponentDescription> ReadAll(BoardSection components, string file)
    {
        var kinds = components.Names.ToDictionary(n => n, n => Kind(components, n), StringComparer.Ordinal);
        var vops = kinds.Where(k => k.Value == ComponentKind.Vop).ToDictionary(k => k.Key, k => k.Key, StringComparer.Ordinal);
        if (vops.Count is 0 or > MaxVops) throw components.Broken("", $"{vops.Count} components of the kind vop", $"1 to {MaxVops}");

        var all = ImmutableArray.CreateBuilder<ComponentDescription>();
        foreach (var (name, kind) in kinds)
        {
            var section = components.Section(name);
            ComponentDescription component = kind switch
            {
                ComponentKind.Vop => Vop(name, section),
                ComponentKind.Virtual => Virtual(name, section, vops, file),
                ComponentKind.Writeback => Writeback(name, section, vops),
                _ => Output(name, kind, section, vops, file),
            };
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

    private static VopDescription Vop(string name, BoardSection vop)
    {
        vop.Only("kind", "address", "max-width", "max-height", "gamma-size", "windows");
        var windows = vop.Section("windows");
        var all = windows.Names.Select(w => Window(w, windows.Section(w))).ToImmutableArray();
        var primaries = all.Count(w => w.Type == WindowType.Primary);
        if (primaries != 1) throw vop.Broken("windows", $"{primaries} windows of the type primary", "exactly one");
        return new VopDescription(
            name,
            vop.Has("address") ? vop.Address("address") : null,
            vop.Whole("max-width", 1, ushort.MaxValue),
            vop.Whole("max-height", 1, ushort.MaxValue),
            vop.Whole("gamma-size", 0, 4096),
            all);
    }

    private static WindowDescription Window(string name, BoardSection window)
    {
        window.Only("type", "formats");
        return new WindowDescription(name, window.OneOf("type", WindowTypes), window.SomeOf("formats", PlaneFormats));
    }

    private static OutputDescription Output(string name, ComponentKind kind, BoardSection output, Dictionary<string, string> vops, string file)
    {
        output.Only("kind", "address", "max-pixel-clock", "possible-crtcs", "connector");
        return new OutputDescription(
            name,
            kind,
            output.Address("address"),
            output.Whole("max-pixel-clock", 1, 10_000_000),
            output.SomeOf("possible-crtcs", vops),
            Connector(kind, output.Section("connector"), file));
    }

    private static OutputDescription Virtual(string name, BoardSection output, Dictionary<string, string> vops, string file)
    {
        output.Only("kind", "possible-crtcs", "connector");
        var connector = Connector(ComponentKind.Virtual, output.Section("connector"), file);
        return new OutputDescription(name, ComponentKind.Virtual, Address: null, MaxPixelClock: 0, output.SomeOf("possible-crtcs", vops), connector);
    }

    // Nobody can say whether something is plugged into memory.
    private static OutputDescription Writeback(string name, BoardSection output, Dictionary<string, string> vops)
    {
        output.Only("kind", "possible-crtcs", "formats");
        var connector = new ConnectorDescription(ConnectorType.Writeback, ConnectorStatus.Unknown, EdidSource.None, EdidFile: null);
        return new OutputDescription(name, ComponentKind.Writeback, Address: null, MaxPixelClock: 0, output.SomeOf("possible-crtcs", vops), connector)
        {
            WritebackFormats = output.SomeOf("formats", PlaneFormats),
        };
    }

    private static ConnectorDescription Connector(ComponentKind kind, BoardSection connector, string file)
    {
        connector.Only("status", "edid");
        var type = kind switch
        {
            ComponentKind.Hdmi => ConnectorType.HdmiA,
            ComponentKind.Edp => ConnectorType.Edp,
            ComponentKind.Virtual => ConnectorType.Virtual,
            _ => ConnectorType.Dsi,
        };
        const string Allowed = "builtin, none, or a file as \"monitor.bin\"";
        var edid = connector.Text("edid", Allowed);
        var source = edid switch { "builtin" => EdidSource.Builtin, "none" => EdidSource.None, _ => EdidSource.File };
        // A mistyped word is no file name: those have a dot or a folder.
        if (source == EdidSource.File && !edid.Contains('.') && !edid.Contains('/')) throw connector.Broken("edid", $"'{edid}'", Allowed);
        var path = source == EdidSource.File ? Path.Combine(Path.GetDirectoryName(file) ?? "", edid) : null;
        return new ConnectorDescription(type, connector.OneOf("status", Statuses), source, path);
    }
}
