using System.Collections.Immutable;
using DrmActors.Hardware.Scanout;
using DrmActors.Hardware.Scanout.Composition;

namespace DrmActors.Hardware.Boards;

/// <summary>A VOP's section, and those of its windows.</summary>
internal static class VopReader
{
    private const uint MostEntries = 4096;
    private const uint MostZpos = 255;

    internal static readonly ImmutableArray<string> Keys =
    [
        "kind", "address", "max-width", "max-height", "max-pixel-clock", "gamma-size", "degamma-size", "ctm", "scaling-filter", "background-color", "vblank",
        "first-vblank", "windows",
    ];

    internal static readonly ImmutableArray<string> WindowKeys =
    [
        "type", "formats", "modifiers", "possible-crtcs", "positionable", "max-upscale", "max-downscale", "rotations", "zpos", "zpos-min",
        "zpos-max", "alpha", "blend-modes", "encodings", "ranges", "scaling-filter", "damage-clips", "hotspot",
    ];

    private static readonly Dictionary<string, WindowType> Types = new(StringComparer.Ordinal)
    {
        ["primary"] = WindowType.Primary,
        ["overlay"] = WindowType.Overlay,
        ["cursor"] = WindowType.Cursor,
    };

    // What scan-out cannot read, no plane offers.
    private static readonly Dictionary<string, uint> Formats =
        FormatTable.All.Where(f => FrameComposer.CanRead(f.Code)).ToDictionary(f => f.Name, f => f.Code, StringComparer.Ordinal);

    private static readonly Dictionary<string, Rotation> Rotations = new(StringComparer.Ordinal)
    {
        ["rotate-0"] = Rotation.Rotate0,
        ["rotate-90"] = Rotation.Rotate90,
        ["rotate-180"] = Rotation.Rotate180,
        ["rotate-270"] = Rotation.Rotate270,
        ["reflect-x"] = Rotation.ReflectX,
        ["reflect-y"] = Rotation.ReflectY,
    };

    private static readonly Dictionary<string, BlendMode> BlendModes = new(StringComparer.Ordinal)
    {
        ["premultiplied"] = BlendMode.Premultiplied,
        ["coverage"] = BlendMode.Coverage,
        ["none"] = BlendMode.None,
    };

    private static readonly Dictionary<string, ColorEncoding> Encodings = new(StringComparer.Ordinal)
    {
        ["bt601"] = ColorEncoding.Bt601,
        ["bt709"] = ColorEncoding.Bt709,
        ["bt2020"] = ColorEncoding.Bt2020,
    };

    private static readonly Dictionary<string, ColorRange> Ranges = new(StringComparer.Ordinal)
    {
        ["limited"] = ColorRange.Limited,
        ["full"] = ColorRange.Full,
    };

    internal static VopDescription Read(string name, BoardSection vop, Dictionary<string, string> vops)
    {
        vop.Only([.. Keys]);
        var windows = vop.Section("windows");
        var all = windows.Names.Select(w => Window(w, windows.Section(w), name, vops)).ToImmutableArray();
        var primaries = all.Count(w => w.Type == WindowType.Primary);
        if (primaries != 1) throw vop.Broken("windows", $"{primaries} windows of the type primary", "exactly one");
        return new VopDescription(
            name,
            vop.Has("address") ? vop.Address("address") : null,
            vop.Whole("max-width", 1, ushort.MaxValue),
            vop.Whole("max-height", 1, ushort.MaxValue),
            vop.Whole("gamma-size", 0, MostEntries),
            all)
        {
            DegammaSize = vop.OptionalWhole("degamma-size", 0, MostEntries) ?? 0,
            HasCtm = vop.IsOn("ctm"),
            MaxPixelClock = vop.OptionalWhole("max-pixel-clock", 1, OutputReader.MostClock) ?? 0,
            HasScalingFilter = vop.IsOn("scaling-filter"),
            HasBackgroundColor = vop.IsOn("background-color"),
            HasVblank = vop.IsOn("vblank", otherwise: true),
            FirstVblank = vop.OptionalWhole("first-vblank", 0, uint.MaxValue) ?? 0,
        };
    }

    private static WindowDescription Window(string name, BoardSection window, string vop, Dictionary<string, string> vops)
    {
        window.Only([.. WindowKeys]);
        var encodings = window.Has("encodings") ? window.SomeOf("encodings", Encodings) : [];
        return new WindowDescription(name, window.OneOf("type", Types), window.SomeOf("formats", Formats))
        {
            Modifiers = window.Has("modifiers") ? ModifierDescription.Read(window, "modifiers") : [ModifierDescription.Linear],
            PossibleCrtcs = PossibleCrtcs(window, vop, vops),
            IsPositionable = window.Has("positionable") ? window.IsOn("positionable") : null,
            Scaling = window.Scaling(),
            Rotations = Turns(window),
            Zpos = Zpos(window),
            HasAlpha = window.IsOn("alpha"),
            BlendModes = Blending(window),
            Encodings = encodings,
            // The two properties come together.
            Ranges = encodings.IsEmpty && !window.Has("ranges") ? [] : window.SomeOf("ranges", Ranges),
            HasScalingFilter = window.IsOn("scaling-filter"),
            HasDamageClips = window.IsOn("damage-clips"),
            HasHotspot = window.IsOn("hotspot"),
        };
    }

    private static ImmutableArray<string> PossibleCrtcs(BoardSection window, string own, Dictionary<string, string> vops)
    {
        if (!window.Has("possible-crtcs")) return [];
        var names = window.SomeOf("possible-crtcs", vops);
        return names.Contains(own) ? names : throw window.Broken("possible-crtcs", $"no '{own}'", "the VOP that it belongs to among them");
    }

    private static Rotation Turns(BoardSection window)
    {
        if (!window.Has("rotations")) return default;
        var all = window.SomeOf("rotations", Rotations).Aggregate((all, one) => all | one);
        return all.HasFlag(Rotation.Rotate0) ? all : throw window.Broken("rotations", "no 'rotate-0'", "rotate-0 among them");
    }

    private static ImmutableArray<BlendMode> Blending(BoardSection window)
    {
        if (!window.Has("blend-modes")) return [];
        var modes = window.SomeOf("blend-modes", BlendModes);
        return modes.Contains(BlendMode.Premultiplied)
            ? modes
            : throw window.Broken("blend-modes", "no 'premultiplied'", "premultiplied among them");
    }

    private static ZposDescription? Zpos(BoardSection window)
    {
        if (!window.Has("zpos") && !window.Has("zpos-min") && !window.Has("zpos-max")) return null;
        var least = window.OptionalWhole("zpos-min", 0, MostZpos);
        var greatest = window.OptionalWhole("zpos-max", least ?? 0, MostZpos);
        var initial = window.Whole("zpos", least ?? 0, greatest ?? MostZpos);
        // Fixed where nobody says how far it goes.
        return new ZposDescription(initial, least ?? (greatest is null ? initial : 0), greatest ?? (least is null ? initial : MostZpos));
    }
}
