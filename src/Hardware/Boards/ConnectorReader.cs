using System.Collections.Immutable;
using DrmActors.Hardware.Display;
using DrmActors.Messages;

namespace DrmActors.Hardware.Boards;

/// <summary>The section "connector" of an output.</summary>
internal static class ConnectorReader
{
    private const uint MostBpc = 16;

    internal static readonly ImmutableArray<string> Keys =
    [
        "status", "edid", "modes", "min-bpc", "max-bpc", "colorspace", "hdr-metadata", "vrr-capable", "content-type", "aspect-ratio",
        "panel-orientation", "scaling-mode", "content-protection", "privacy-screen", "suggested-position", "subconnector",
        "path", "dynamic", "link-status",
    ];

    private static readonly Dictionary<string, ConnectorStatus> Statuses = new(StringComparer.Ordinal)
    {
        ["connected"] = ConnectorStatus.Connected,
        ["disconnected"] = ConnectorStatus.Disconnected,
        ["unknown"] = ConnectorStatus.Unknown,
    };

    private static readonly Dictionary<string, PanelOrientation> Orientations = new(StringComparer.Ordinal)
    {
        ["normal"] = PanelOrientation.Normal,
        ["upside-down"] = PanelOrientation.UpsideDown,
        ["left-side-up"] = PanelOrientation.LeftSideUp,
        ["right-side-up"] = PanelOrientation.RightSideUp,
    };

    private static readonly Dictionary<string, Subconnector> Subconnectors = new(StringComparer.Ordinal)
    {
        ["unknown"] = Subconnector.Unknown,
        ["native"] = Subconnector.Native,
        ["vga"] = Subconnector.Vga,
        ["dvi-d"] = Subconnector.DviD,
        ["hdmi"] = Subconnector.Hdmi,
        ["dp"] = Subconnector.DisplayPort,
        ["wireless"] = Subconnector.Wireless,
    };

    private static readonly Dictionary<string, bool> LinkStates = new(StringComparer.Ordinal) { ["good"] = false, ["bad"] = true };

    /// <param name="file">The board's, beside which an EDID's file lies.</param>
    /// <param name="ofItsOwn">Keys that stand in this section for the kind of output.</param>
    internal static ConnectorDescription Read(ConnectorType type, BoardSection connector, string file, params string[] ofItsOwn)
    {
        connector.Only([.. Keys, .. ofItsOwn]);
        var (source, path) = Edid(connector, file);
        return new ConnectorDescription(type, connector.OneOf("status", Statuses), source, path)
        {
            Modes = connector.Has("modes") ? Modes(connector) : [],
            Features = Features(connector),
        };
    }

    private static (EdidSource Source, string? Path) Edid(BoardSection connector, string file)
    {
        const string Allowed = "builtin, none, or a file as \"monitor.bin\"";
        var edid = connector.Text("edid", Allowed);
        var source = edid switch { "builtin" => EdidSource.Builtin, "none" => EdidSource.None, _ => EdidSource.File };
        // A mistyped word is no file name: those have a dot or a folder.
        if (source == EdidSource.File && !edid.Contains('.') && !edid.Contains('/')) throw connector.Broken("edid", $"'{edid}'", Allowed);
        return (source, source == EdidSource.File ? Path.Combine(Path.GetDirectoryName(file) ?? "", edid) : null);
    }

    private static ImmutableArray<ModeInfo> Modes(BoardSection connector)
    {
        const string Allowed = "a list of sizes and rates as \"1920x1080@60\"";
        var modes = connector.Texts("modes", Allowed)
            .Select(text => ModeRequest.TryParse(text, out var request) && request is { Interlaced: false } && request.MakeTiming() is { } mode
                ? mode with { Type = ModeTypes.Driver }
                : throw connector.Broken("modes", $"'{text}'", Allowed))
            .ToImmutableArray();
        return modes.SetItem(0, modes[0] with { Type = ModeTypes.Driver | ModeTypes.Preferred });
    }

    private static ConnectorFeatures Features(BoardSection connector) => new()
    {
        MaxBpc = Bpc(connector),
        HasColorspace = connector.IsOn("colorspace"),
        HasHdrMetadata = connector.IsOn("hdr-metadata"),
        IsVrrCapable = connector.Has("vrr-capable") ? connector.IsOn("vrr-capable") : null,
        HasContentType = connector.IsOn("content-type"),
        HasAspectRatio = connector.IsOn("aspect-ratio"),
        Orientation = connector.Has("panel-orientation") ? connector.OneOf("panel-orientation", Orientations) : null,
        HasScalingMode = connector.IsOn("scaling-mode"),
        HasContentProtection = connector.IsOn("content-protection"),
        HasPrivacyScreen = connector.IsOn("privacy-screen"),
        HasSuggestedPosition = connector.IsOn("suggested-position"),
        Path = PathOf(connector),
        IsDynamic = connector.IsOn("dynamic"),
        IsLinkBad = connector.Has("link-status") && connector.OneOf("link-status", LinkStates),
        Subconnector = connector.Has("subconnector") ? connector.OneOf("subconnector", Subconnectors) : null,
    };

    private static string? PathOf(BoardSection connector)
    {
        const string Allowed = "a text as \"mst:30-1\"";
        return !connector.Has("path") ? null
            : connector.Text("path", Allowed) is { Length: > 0 } path && path.All(char.IsAscii) ? path
            : throw connector.Broken("path", "no text", Allowed);
    }

    private static (uint Least, uint Most)? Bpc(BoardSection connector)
    {
        if (!connector.Has("max-bpc") && !connector.Has("min-bpc")) return null;
        var least = connector.OptionalWhole("min-bpc", 6, MostBpc) ?? 8;
        return (least, connector.Whole("max-bpc", least, MostBpc));
    }
}
