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
    // What is under way without a caller (a mapping that went, a killed file's close) waits for vblanks, or behind a commit whose fences do not come, for
    // ten seconds at the most; on threads also for a processor, for which no virtual time is long enough.
    private const int LooksInAWorld = 20;
    private const int LongLooksInAWorld = 12;
    private const int LooksOnThreads = 1000;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan BetweenLongLooks = TimeSpan.FromSeconds(1);

    public async Task<QuietPoint> LookAsync()
    {
        // The last that came up may be known to no client.
        foreach (var view in host.Views)
            watch.DeviceOf(view);
        var devices = new List<QuietDevice>();
        var imports = new List<DmaBuf>();
        foreach (var device in watch.Devices)
            devices.Add(await LookAsync(device, imports));
        // Only now is it known what all of them have imported.
        var held = host.Descriptors.Open.OfType<DmaBuf>().Concat(watch.Views).Concat(imports).ToList();
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
        for (var look = 0; look < (quiet is null ? LooksOnThreads : LooksInAWorld + LongLooksInAWorld); look++)
        {
            if (quiet is not null)
                await quiet();
            fault = faultAt(await LookAsync());
            if (fault is null)
                return;
            await Task.Delay(quiet is null || look < LooksInAWorld ? BetweenLooks : BetweenLongLooks, real ?? host.Clock);
        }

        throw fault!;
    }

    private async Task<QuietDevice> LookAsync(ObservedDevice device, List<DmaBuf> imported)
    {
        var objects = await host.AskAsync(device.View.Gem, new ListObjects());
        var holders = new List<ObjectHolders>();
        var imports = new List<QuietImport>();
        foreach (var reference in objects.Value?.Objects ?? [])
            if ((await host.AskAsync(reference.Object, new ListHolders())).Value is { } list)
            {
                holders.Add(new ObjectHolders(reference.Id, list.Holders));
                if (list.Import is not { } import)
                    continue;
                imported.Add(import);
                imports.Add(ImportOf(reference, import, list));
            }

        return new QuietDevice(device.Number, DeviceSnapshot.Of(device.View), [.. holders], device.IsLossy, IsDead: objects.Value is null)
        {
            SyncobjWaits = device.View.SyncobjWaits,
            Imports = [.. imports],
            Uses = device.View.Driver.Uses.All,
        };
    }

    private QuietImport ImportOf(GemReference reference, DmaBuf import, HolderList list) => new(
        reference.Id,
        watch.Devices.FirstOrDefault(d => import.IsOf(d.View.Gem))?.Number ?? -1,
        import.Exporter.Id,
        import.IsLost,
        list.Holders.Any(h => h.Holder.Kind == HolderKind.Framebuffer),
        reference.Block == import.Exporter.Block,
        ReferenceEquals(reference.Reservation, import.Reservation));
}
