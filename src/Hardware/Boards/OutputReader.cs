using System.Collections.Immutable;
using DrmActors.Hardware.Scanout;
using DrmActors.Hardware.Scanout.Composition;
using DrmActors.Messages;

namespace DrmActors.Hardware.Boards;

/// <summary>The sections of outputs: an encoder and its connector.</summary>
internal static class OutputReader
{
    internal const uint MostClock = 10_000_000;

    internal static readonly ImmutableArray<string> WiredKeys = ["kind", "address", "max-pixel-clock", "possible-crtcs", "connector"];

    internal static readonly ImmutableArray<string> Keys = ["kind", "address", "encoder", "max-pixel-clock", "possible-crtcs", "clones", "connector"];

    internal static readonly ImmutableArray<string> VirtualKeys = ["kind", "possible-crtcs", "connector"];

    internal static readonly ImmutableArray<string> WritebackKeys = ["kind", "possible-crtcs", "formats"];

    private static readonly Dictionary<string, EncoderType> Encoders = new(StringComparer.Ordinal)
    {
        ["none"] = EncoderType.None,
        ["dac"] = EncoderType.Dac,
        ["tmds"] = EncoderType.Tmds,
        ["lvds"] = EncoderType.Lvds,
        ["tv-dac"] = EncoderType.TvDac,
        ["virtual"] = EncoderType.Virtual,
        ["dsi"] = EncoderType.Dsi,
        ["dp-mst"] = EncoderType.DpMst,
        ["dpi"] = EncoderType.Dpi,
    };

    // By the kernel's names, but for the writeback ones, which are a kind of their own.
    private static readonly Dictionary<string, ConnectorType> Connectors = Enum.GetValues<ConnectorType>()
        .Where(t => t != ConnectorType.Writeback)
        .ToDictionary(t => ConnectorNames.Spell(t), t => t, StringComparer.Ordinal);

    private static readonly Dictionary<string, uint> WrittenFormats =
        FormatTable.All.Where(f => FrameComposer.CanWrite(f.Code)).ToDictionary(f => f.Name, f => f.Code, StringComparer.Ordinal);

    /// <param name="vops">Names of the VOPs that there are.</param>
    /// <param name="others">Names of the other outputs.</param>
    internal static OutputDescription Read(
        string name, ComponentKind kind, BoardSection output, Dictionary<string, string> vops, Dictionary<string, string> others, string file) => kind switch
        {
            ComponentKind.Output => Any(name, output, vops, others, file),
            ComponentKind.Virtual => Virtual(name, output, vops, file),
            ComponentKind.Writeback => Writeback(name, output, vops),
            _ => Wired(name, kind, output, vops, file),
        };

    private static OutputDescription Wired(string name, ComponentKind kind, BoardSection output, Dictionary<string, string> vops, string file)
    {
        output.Only([.. WiredKeys]);
        var type = kind switch
        {
            ComponentKind.Hdmi => ConnectorType.HdmiA,
            ComponentKind.Edp => ConnectorType.Edp,
            _ => ConnectorType.Dsi,
        };
        return new OutputDescription(
            name,
            kind,
            output.Address("address"),
            output.Whole("max-pixel-clock", 1, MostClock),
            output.SomeOf("possible-crtcs", vops),
            ConnectorReader.Read(type, output.Section("connector"), file));
    }

    private static OutputDescription Any(
        string name, BoardSection output, Dictionary<string, string> vops, Dictionary<string, string> others, string file)
    {
        output.Only([.. Keys]);
        var connector = output.Section("connector");
        return new OutputDescription(
            name,
            ComponentKind.Output,
            output.Has("address") ? output.Address("address") : null,
            output.OptionalWhole("max-pixel-clock", 1, MostClock) ?? 0,
            output.SomeOf("possible-crtcs", vops),
            ConnectorReader.Read(connector.OneOf("type", Connectors), connector, file, "type"))
        {
            Encoder = output.OneOf("encoder", Encoders),
            Clones = output.Has("clones") ? output.SomeOf("clones", others) : [],
        };
    }

    private static OutputDescription Virtual(string name, BoardSection output, Dictionary<string, string> vops, string file)
    {
        output.Only([.. VirtualKeys]);
        var connector = ConnectorReader.Read(ConnectorType.Virtual, output.Section("connector"), file);
        return new OutputDescription(name, ComponentKind.Virtual, Address: null, MaxPixelClock: 0, output.SomeOf("possible-crtcs", vops), connector);
    }

    // Nobody can say whether something is plugged into memory.
    private static OutputDescription Writeback(string name, BoardSection output, Dictionary<string, string> vops)
    {
        output.Only([.. WritebackKeys]);
        var connector = new ConnectorDescription(ConnectorType.Writeback, ConnectorStatus.Unknown, EdidSource.None, EdidFile: null);
        return new OutputDescription(name, ComponentKind.Writeback, Address: null, MaxPixelClock: 0, output.SomeOf("possible-crtcs", vops), connector)
        {
            WritebackFormats = output.SomeOf("formats", WrittenFormats),
        };
    }
}
