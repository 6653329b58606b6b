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
    /// <param name="whenShown">Runs what it is given when the files are as the boards are by now.</param>
    public static void Add(ServedTree tree, ServedCard card, Action<Action> whenShown)
    {
        if (!card.IsOfDeviceTree)
            return;
        if (!tree.Owners.Contains(card.DevicePath))
            tree.Add(card.DevicePath, () => AddDevice(tree, card));
        if (!tree.Owners.Contains(DriverPath(card)))
            tree.Add(DriverPath(card), () => AddDriver(tree.Folder(DriverPath(card)), card, whenShown));
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

    private static void AddDriver(ServedFolder driver, ServedCard card, Action<Action> whenShown)
    {
        driver.WriteOnly("uevent", ServedNode.NotHere);
        driver.WriteOnly("unbind", (text, answer) => Change(card.Host, FindBoard(card, text), isBind: false, whenShown, answer));
        driver.WriteOnly("bind", (text, answer) => Change(card.Host, FindBoard(card, text), isBind: true, whenShown, answer));
    }

    // Who has written it sees the files as they are then.
    private static async void Change(DrmHost host, string? board, bool isBind, Action<Action> whenShown, Action<Errno> answer)
    {
        var errno = Errno.None;
        try
        {
            if (board is null)
                errno = Errno.ENODEV;
            else if (isBind)
                await host.PlugBoardAsync(board);
            else
                await host.UnplugBoardAsync(board);
        }
        catch (DrmBootException failed)
        {
            errno = failed.Errno;
        }
        catch (DrmException refused)
        {
            errno = refused.Errno;
        }

        whenShown(() => answer(errno));
    }

    private static string? FindBoard(ServedCard card, string device) => card.Host.FindBoard(card.Card.Board.Driver.Name, device.TrimEnd('\n'));

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
