using System.Globalization;
using System.Text;
using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>dri/N of debugfs.</summary>
internal static class DebugFiles
{
    public static void Add(ServedFolder folder, ServedCard card)
    {
        folder.Text("name", () => Name(card));
        folder.Text("clients", () => ClientsText.Of(card));
        folder.Later("gem_names", answer => GemNamesText.Ask(card, answer));
        var features = card.View.Features;
        if (features.HasFlag(DriverFeatures.Modeset))
        {
            folder.Text("framebuffer", () => FramebufferText.Of(card));
            folder.Text("internal_clients", () => card.State.Framebuffers.Values.Any(f => f.IsConsole) ? "fbdev\n" : "");
        }

        if (features.HasFlag(DriverFeatures.Atomic))
            folder.Text("state", () => StateText.Of(card));
        if (card.Card.Board.Driver.Name is "vkms")
            folder.Text("vkms_config", () => Config(card.State.Config));
        foreach (var crtc in card.State.Config.Crtcs)
            AddCrc(folder.Folder($"crtc-{crtc.Index}").Folder("crc"), card, crtc);
    }

    public static void Add(ServedFolder folder, ServedCard card, Connector connector) =>
        AddConnector(folder.Folder(ServedCard.NameOf(connector)), card, connector);

    private static string Name(ServedCard card)
    {
        var master = card.View.Named.Contains(card.View.Master) ? $" master={card.View.BusId}" : "";
        return $"{card.Card.Board.Driver.Name} dev={card.Device}{master} unique={card.Card.Board.Device}\n";
    }

    private static string Config(ModeConfig config)
    {
        var writeback = config.Connectors.Any(c => c.Type == ConnectorType.Writeback);
        var cursor = config.Planes.Any(p => p.Type == PlaneType.Cursor);
        var overlay = config.Planes.Any(p => p.Type == PlaneType.Overlay);
        return $"writeback={Bit(writeback)}\ncursor={Bit(cursor)}\noverlay={Bit(overlay)}\n";
    }

    private static char Bit(bool value) => value ? '1' : '0';

    private static void AddCrc(ServedFolder crc, ServedCard card, Crtc crtc)
    {
        crc.Writable("control", static () => "auto*\n", static (text, answer) =>
            answer(text.TrimEnd('\n') is "auto" ? Errno.None : Errno.EINVAL));
        crc.File("data", () => card.State[crtc].Active ? new ServedFile(Errno.None, Frames: new FrameSource(card.Minor, crtc.Id)) : new ServedFile(Errno.EIO));
    }

    private static void AddConnector(ServedFolder folder, ServedCard card, Connector connector)
    {
        folder.Writable("force", () => ForceOf(card, connector), (text, answer) => SetForce(card, connector, text, answer));
        folder.Binary("edid_override", () => OverrideOf(card, connector), (text, answer) => SetOverride(card, connector, text, answer));
        folder.File("output_bpc", () => WhileConnected(card, connector, $"Maximum: {MaximumBpc(card.State[connector])}\n"));
        folder.File("vrr_range", () =>
        {
            var limits = card.State[connector].Edid?.Limits;
            return WhileConnected(card, connector, string.Create(
                CultureInfo.InvariantCulture, $"Min: {limits?.MinimumVertical ?? 0}\nMax: {limits?.MaximumVertical ?? 0}\n"));
        });
    }

    private static ServedFile WhileConnected(ServedCard card, Connector connector, string text) =>
        card.State[connector].Status == ConnectorStatus.Connected ? ServedFolder.Content(text) : new ServedFile(Errno.ENODEV);

    // The colour depth of a digital input, from EDID 1.4 on; 0 where the monitor does not say.
    private static int MaximumBpc(ConnectorState state) =>
        state.Edid is { IsDigital: true, Revision: >= 4 } edid && ((edid.Bytes[20] >> 4) & 7) is var depth and > 0 and < 7 ? 4 + 2 * depth : 0;

    private static string ForceOf(ServedCard card, Connector connector) => card.View.Forces.GetValueOrDefault(connector.Id) switch
    {
        ConnectorForce.Off => "off\n",
        ConnectorForce.On => "on\n",
        ConnectorForce.Digital => "digital\n",
        _ => "unspecified\n",
    };

    private static void SetForce(ServedCard card, Connector connector, string text, Action<Errno> answer)
    {
        switch (text.TrimEnd('\n'))
        {
            case "on": card.Force(connector, ConnectorForce.On, answer, probes: false); break;
            case "digital": card.Force(connector, ConnectorForce.Digital, answer, probes: false); break;
            case "off": card.Force(connector, ConnectorForce.Off, answer, probes: false); break;
            case "unspecified": card.Force(connector, ConnectorForce.Unspecified, answer, probes: false); break;
            default: answer(Errno.EINVAL); break;
        }
    }

    private static ReadOnlyMemory<byte> OverrideOf(ServedCard card, Connector connector) =>
        card.View.EdidOverrides.TryGetValue(connector.Id, out var edid) ? edid.AsMemory() : default;

    // A letter a byte. Of one write, as many blocks as the first of them says that there are.
    private static void SetOverride(ServedCard card, Connector connector, string text, Action<Errno> answer)
    {
        const int BlockBytes = 128;
        const int ExtensionCount = 126;
        if (string.Equals(text, "reset", StringComparison.Ordinal))
        {
            card.OverrideEdid(connector, [], answer);
            return;
        }

        var bytes = Encoding.Latin1.GetBytes(text);
        var length = bytes.Length < BlockBytes ? BlockBytes : BlockBytes * (1 + bytes[ExtensionCount]);
        if (bytes.Length < length)
            answer(Errno.EINVAL);
        else
            card.OverrideEdid(connector, [.. bytes.AsSpan(0, length)], answer);
    }
}
