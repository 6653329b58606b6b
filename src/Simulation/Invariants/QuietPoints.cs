using DrmActors.Actors.Prime;
using DrmActors.Actors.Protocol;
using DrmActors.Hardware.Time;
using DrmActors.Hosting;
using DrmActors.Messages;

namespace DrmActors.Simulation.Invariants;

/// <summary>Looks at the cards of a run while no client calls.</summary>
/// <param name="quiet">Waits until what has been sent has come. Null on threads, where nobody can tell: some time must do.</param>
internal sealed class QuietPoints(DrmHost host, RunWatch watch, Func<Task>? quiet)
{
    // What is under way without a caller (a mapping that went, a killed file's close) waits for vblanks at the most; on threads also for a
    // processor, for which no virtual time is long enough.
    private const int LooksInAWorld = 20;
    private const int LooksOnThreads = 1000;
    private readonly List<DmaBuf> _imports = [];
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>With the device of a card.</summary>
    public static async Task<QuietPoints> OfAsync(DrmHost host, int minor, RunWatch watch, Func<Task>? quiet)
    {
        var card = await host.AskAsync(host.Supervisor, new ViewCard(minor));
        watch.DeviceOf(card.Value?.View ?? throw new InvalidOperationException($"there is no card{minor} to look at"));
        return new QuietPoints(host, watch, quiet);
    }

    public async Task<QuietPoint> LookAsync()
    {
        var devices = new List<QuietDevice>();
        foreach (var device in watch.Devices)
            devices.Add(await LookAsync(device));
        // Only now is it known what all of them have imported.
        var held = host.Descriptors.Open.OfType<DmaBuf>().Concat(_imports).ToList();
        _imports.Clear();
        devices = [.. devices.Zip(watch.Devices, (quiet, device) => quiet with
        {
            Buffers = [.. held.Where(b => b.IsOf(device.View.Gem)).Select(b => (b.Holder, b.Exporter.Id))],
        })];
        return new QuietPoint([.. devices], host.Usage, watch.Devices.Any(d => d.View.Gone || d.IsLossy)) { OpenDescriptors = host.Descriptors.Count };
    }

    /// <summary>Looks until nothing is wrong.</summary>
    /// <exception cref="InvariantException">It stays wrong.</exception>
    public async Task SettleAsync(Func<QuietPoint, InvariantException?> faultAt)
    {
        InvariantException? fault = null;
        using var real = quiet is null ? new RealClock() : null;
        for (var look = 0; look < (quiet is null ? LooksOnThreads : LooksInAWorld); look++)
        {
            if (quiet is not null)
                await quiet();
            fault = faultAt(await LookAsync());
            if (fault is null)
                return;
            await Task.Delay(BetweenLooks, real ?? host.Clock);
        }

        throw fault!;
    }

    private async Task<QuietDevice> LookAsync(ObservedDevice device)
    {
        var objects = await host.AskAsync(device.View.Gem, new ListObjects());
        var holders = new List<ObjectHolders>();
        foreach (var reference in objects.Value?.Objects ?? [])
            if ((await host.AskAsync(reference.Object, new ListHolders())).Value is { } list)
            {
                holders.Add(new ObjectHolders(reference.Id, list.Holders));
                if (list.Import is { } import)
                    _imports.Add(import);
            }

        return new QuietDevice(device.Number, DeviceSnapshot.Of(device.View), [.. holders], device.IsLossy, IsDead: objects.Value is null)
        {
            SyncobjWaits = device.View.SyncobjWaits,
        };
    }
}
