using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Bridge.Files;

/// <summary>
/// A platform device of a device tree, and its driver: both are there whether they are bound or not. What is written to the driver's unbind pulls the
/// board out, and to its bind puts it in again.
/// </summary>
internal static class PlatformFiles
{
    /// <summary>What stays when the card goes.</summary>
    public static void Add(ServedTree tree, ServedCard card, BoardChanges changes)
    {
        if (!card.IsOfDeviceTree)
            return;
        if (!tree.Owners.Contains(card.DevicePath))
            tree.Add(card.DevicePath, () => AddDevice(tree, card));
        if (!tree.Owners.Contains(DriverPath(card)))
            tree.Add(DriverPath(card), () => AddDriver(tree.Folder(DriverPath(card)), card, changes));
    }

    /// <summary>What comes and goes with the card: links between device and driver, or the device that a module has made.</summary>
    public static void Bind(ServedTree tree, ServedCard card)
    {
        if (!card.IsOfDeviceTree)
        {
            AddDevice(tree, card);
            return;
        }

        tree.Folder(DriverPath(card)).Link(card.Device, card.DevicePath);
        tree.Folder(card.DevicePath).Link("driver", DriverPath(card));
    }

    private static void AddDevice(ServedTree tree, ServedCard card)
    {
        var device = tree.Folder(card.DevicePath);
        var bus = tree.Folder("/sys/bus/platform");
        device.Writable("uevent", () => string.Concat(Uevent(card)), ServedNode.NotHere);
        device.Text("modalias", ModaliasOf(card) + "\n");
        device.Writable("driver_override", "(null)\n");
        device.Link("subsystem", bus.Path);
        bus.Folder("devices").Link(card.Device, device.Path);
        PowerFiles.Add(device.Folder("power"));
    }

    private static void AddDriver(ServedFolder driver, ServedCard card, BoardChanges changes)
    {
        driver.WriteOnly("uevent", ServedNode.NotHere);
        driver.WriteOnly("unbind", OfBoard(card, changes, static (host, board) => host.UnplugBoardAsync(board)));
        driver.WriteOnly("bind", OfBoard(card, changes, static (host, board) => host.PlugBoardAsync(board)));
    }

    private static Action<string, Action<Errno>> OfBoard(ServedCard card, BoardChanges changes, Func<DrmHost, string, Task> change) => (device, answer) =>
    {
        if (card.Host.FindBoard(card.Card.Board.Driver.Name, device.TrimEnd('\n')) is { } board)
            changes.Run(() => change(card.Host, board), answer);
        else
            answer(Errno.ENODEV);
    };

    private static string DriverOf(ServedCard card) => $"{card.Card.Board.Driver.Name}-drm";

    private static string DriverPath(ServedCard card) => $"/sys/bus/platform/drivers/{DriverOf(card)}";

    private static string CompatibleOf(ServedCard card) => $"{card.Card.Board.Driver.Name},{card.Card.Board.Device}";

    private static string ModaliasOf(ServedCard card) =>
        card.IsOfDeviceTree ? $"of:N{card.Card.Board.Device}T(null)C{CompatibleOf(card)}" : $"platform:{card.Device}";

    private static IEnumerable<string> Uevent(ServedCard card)
    {
        if (card.IsOfDeviceTree)
        {
            if (card.Host.Boards.Any(b => b.Name == card.Card.Board.Name))
                yield return $"DRIVER={DriverOf(card)}\n";
            yield return $"OF_NAME={card.Card.Board.Device}\n";
            yield return $"OF_FULLNAME=/{card.Device}\n";
            yield return $"OF_COMPATIBLE_0={CompatibleOf(card)}\n";
            yield return "OF_COMPATIBLE_N=1\n";
        }

        yield return $"MODALIAS={ModaliasOf(card)}\n";
    }
}
