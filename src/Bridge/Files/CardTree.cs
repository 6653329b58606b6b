using DrmActors.Bridge.Uevents;
using DrmActors.Kms;

namespace DrmActors.Bridge.Files;

/// <summary>All files of a card, where Linux has them.</summary>
internal static class CardTree
{
    private const string DebugPath = "/sys/kernel/debug/dri";
    private const int Major = 226;

    // A primary minor's alias of the days when there were control nodes.
    private const int FirstControlNode = 64;

    public static void Add(ServedTree tree, ServedCard card, BoardChanges changes)
    {
        PlatformFiles.Add(tree, card, changes);
        tree.Add(card.Name, () =>
        {
            AddNode(tree, card);
            PlatformFiles.Bind(tree, card);
            AddCard(tree, card);
            DebugFiles.Add(DebugFolder(tree, card), card);
            foreach (var (_, minor, _) in card.Nodes.Where(n => n.Minor != card.Minor))
                tree.Folder(DebugPath).Link($"{minor}", DebugFolder(tree, card).Path);
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

    private static ServedFolder DebugFolder(ServedTree tree, ServedCard card) => tree.Folder($"{DebugPath}/{card.Minor}");

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
}
