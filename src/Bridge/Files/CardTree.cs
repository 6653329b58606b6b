using DrmActors.Bridge.Uevents;
using DrmActors.Kms;

namespace DrmActors.Bridge.Files;

/// <summary>All files of a card, where Linux has them.</summary>
internal static class CardTree
{
    private const int Major = 226;

    // A primary minor's alias of the days when there were control nodes.
    private const int FirstControlNode = 64;

    public static void Add(ServedTree tree, ServedCard card)
    {
        tree.Add(card.Name, () =>
        {
            AddNode(tree, card);
            AddDevice(tree, card);
            AddCard(tree, card);
            DebugFiles.Add(DebugFolder(tree, card), card);
        });
        Update(tree, card);
    }

    /// <summary>The files of the connectors that there are now.</summary>
    public static void Update(ServedTree tree, ServedCard card)
    {
        var present = card.State.Config.PresentConnectors.ToDictionary(c => $"{card.Name}/{ServedCard.NameOf(c)}", StringComparer.Ordinal);
        foreach (var owner in OwnersOf(tree, card.Name).Where(o => !present.ContainsKey(o)).ToList())
            tree.Remove(owner);
        foreach (var (owner, connector) in present)
            if (!tree.Owners.Contains(owner))
                tree.Add(owner, () =>
                {
                    ConnectorFiles.Add(tree, card, connector);
                    DebugFiles.Add(DebugFolder(tree, card), card, connector);
                });
    }

    public static void Remove(ServedTree tree, string card)
    {
        foreach (var owner in OwnersOf(tree, card).ToList())
            tree.Remove(owner);
        tree.Remove(card);
    }

    private static IEnumerable<string> OwnersOf(ServedTree tree, string card) =>
        tree.Owners.Where(o => o.StartsWith($"{card}/", StringComparison.Ordinal));

    private static ServedFolder DebugFolder(ServedTree tree, ServedCard card) => tree.Folder($"/sys/kernel/debug/dri/{card.Minor}");

    private static void AddNode(ServedTree tree, ServedCard card)
    {
        foreach (var (name, minor, kind) in card.Nodes)
        {
            var node = $"{tree.Folder("/dev/dri").Path}/{name}";
            tree.AddCard(node, minor);
            tree.Folder("/dev/dri/by-path").Link($"platform-{card.Device}-{kind}", node);
            tree.Folder("/dev/char").Link($"{Major}:{minor}", node);
        }
    }

    private static void AddDevice(ServedTree tree, ServedCard card)
    {
        var device = tree.Folder(card.DevicePath);
        var bus = tree.Folder("/sys/bus/platform");
        device.Writable("uevent", string.Concat(DeviceUevent(card)));
        device.Text("modalias", ModaliasOf(card) + "\n");
        device.Writable("driver_override", "(null)\n");
        device.Link("subsystem", bus.Path);
        bus.Folder("devices").Link(card.Device, device.Path);
        PowerFiles.Add(device.Folder("power"));
        if (!card.IsOfDeviceTree)
            return;
        var driver = bus.Folder("drivers").Folder(DriverOf(card));
        driver.Link(card.Device, device.Path);
        device.Link("driver", driver.Path);
    }

    private static void AddCard(ServedTree tree, ServedCard card)
    {
        var drm = tree.Folder("/sys/class/drm");
        foreach (var (name, minor, kind) in card.Nodes)
        {
            var folder = tree.Folder($"{card.DevicePath}/drm/{name}");
            var variables = $"MAJOR={Major}\nMINOR={minor}\nDEVNAME=dri/{name}\nDEVTYPE=drm_minor\n";
            tree.AddDevice(folder, variables, UdevData.OfNode(card, kind), $"c{Major}:{minor}");
            folder.Text("dev", $"{Major}:{minor}\n");
            folder.Link("device", card.DevicePath);
            folder.Link("subsystem", drm.Path);
            PowerFiles.Add(folder.Folder("power"));
            drm.Link(name, folder.Path);
            tree.Folder("/sys/dev/char").Link($"{Major}:{minor}", folder.Path);
        }

        tree.Folder($"{card.DevicePath}/drm").Link($"controlD{FirstControlNode + card.Minor}", card.CardPath);
    }

    private static string DriverOf(ServedCard card) => $"{card.Card.Board.Driver.Name}-drm";

    private static string CompatibleOf(ServedCard card) => $"{card.Card.Board.Driver.Name},{card.Card.Board.Device}";

    private static string ModaliasOf(ServedCard card) =>
        card.IsOfDeviceTree ? $"of:N{card.Card.Board.Device}T(null)C{CompatibleOf(card)}" : $"platform:{card.Device}";

    private static IEnumerable<string> DeviceUevent(ServedCard card)
    {
        if (card.IsOfDeviceTree)
        {
            yield return $"DRIVER={DriverOf(card)}\n";
            yield return $"OF_NAME={card.Card.Board.Device}\n";
            yield return $"OF_FULLNAME=/{card.Device}\n";
            yield return $"OF_COMPATIBLE_0={CompatibleOf(card)}\n";
            yield return "OF_COMPATIBLE_N=1\n";
        }

        yield return $"MODALIAS={ModaliasOf(card)}\n";
    }
}
