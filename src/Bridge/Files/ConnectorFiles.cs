using DrmActors.Actors.Protocol;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>A connector's folder in sysfs.</summary>
internal static class ConnectorFiles
{
    public static void Add(ServedTree tree, ServedCard card, Connector connector)
    {
        var name = $"{card.Name}-{ServedCard.NameOf(connector)}";
        var folder = tree.Folder($"{card.CardPath}/{name}");
        var drm = tree.Folder("/sys/class/drm");
        folder.Writable("status", () => StatusOf(card.State[connector]), (text, answer) => SetStatus(card, connector, text, answer));
        folder.Text("enabled", () => card.State[connector].Encoder.IsNone ? "disabled\n" : "enabled\n");
        folder.Text("dpms", () => card.State[connector].DpmsOff ? "Off\n" : "On\n");
        folder.Text("modes", () => string.Concat(card.State[connector].Modes.Select(mode => mode.Name + "\n")));
        folder.File("edid", () => new ServedFile(Errno.None, EdidOf(card.State[connector])));
        tree.AddDevice(folder, "DEVTYPE=drm_connector\n", UdevData.OfConnector(card), $"+drm:{name}");
        folder.Link("device", card.CardPath);
        folder.Link("subsystem", drm.Path);
        PowerFiles.Add(folder.Folder("power"));
        drm.Link(name, folder.Path);
    }

    private static string StatusOf(ConnectorState state) => state.Status switch
    {
        ConnectorStatus.Connected => "connected\n",
        ConnectorStatus.Disconnected => "disconnected\n",
        _ => "unknown\n",
    };

    private static ReadOnlyMemory<byte> EdidOf(ConnectorState state) => state.EdidBlob is { } blob ? blob.Data.AsMemory() : default;

    private static void SetStatus(ServedCard card, Connector connector, string text, Action<Errno> answer)
    {
        switch (text.TrimEnd('\n'))
        {
            // A plain probe, of the socket itself.
            case "detect": card.Force(connector, ConnectorForce.Unspecified, answer); break;
            case "on": card.Force(connector, ConnectorForce.On, answer); break;
            case "on-digital": card.Force(connector, ConnectorForce.Digital, answer); break;
            case "off": card.Force(connector, ConnectorForce.Off, answer); break;
            default: answer(Errno.EINVAL); break;
        }
    }
}
