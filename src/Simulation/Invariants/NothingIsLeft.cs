using DrmActors.Hardware.Memory;

namespace DrmActors.Simulation.Invariants;

internal sealed class NothingIsLeft : Invariant
{
    public override string Protects => "when all clients have gone, no object, page, mapping, descriptor or file of theirs is left";

    public override string? AtEnd(QuietPoint start, QuietPoint now)
    {
        var (was, left) = (OfClients(start, now.WasUnplugged), OfClients(now, now.WasUnplugged));
        if (IsMore(left, was) || (!now.WasUnplugged && IsMore(was, left)))
            return $"held at the start {was}, at the end {left}";
        if (now.OpenDescriptors != start.OpenDescriptors)
            return $"open at the start {start.OpenDescriptors} descriptors, at the end {now.OpenDescriptors}";
        var files = now.Devices.Where(d => !d.IsDead).Sum(d => d.Device.Files);
        return files == 0 ? null : $"{files} files are still open";
    }

    // A framebuffer that was closed while it is shown stays where no console takes its place: it is nobody's. One of memory whose board has gone keeps that
    // as a mapping does. A console whose object crashed comes back with the next device.
    private static ArenaUsage OfClients(QuietPoint now, bool mayLoseConsole)
    {
        var loose = now.Devices.Where(d => !d.IsDead).SelectMany(d => BlocksOfNobody(d, mayLoseConsole)).DistinctBy(b => b.Block).ToList();
        var lost = loose.Count(b => b.IsLost);
        return now.Usage with
        {
            Objects = now.Usage.Objects - (loose.Count - lost),
            Pages = now.Usage.Pages - loose.Sum(b => b.Block.Length / Arena.PageSize),
            Mappings = now.Usage.Mappings - lost,
        };
    }

    private static IEnumerable<(ArenaBlock Block, bool IsLost)> BlocksOfNobody(QuietDevice device, bool mayLoseConsole) =>
        device.Device.State.Framebuffers.Values.Where(f => f.IsLoose || (mayLoseConsole && f.IsConsole)).SelectMany(f => f.Buffers)
            .Where(b => device.Objects.Any(o => o.ObjectId == b.ObjectId))
            .Select(b => (b.Block, device.Imports.Any(i => i.ObjectId == b.ObjectId && i.IsLost)));

    private static bool IsMore(ArenaUsage one, ArenaUsage other) =>
        one.Objects > other.Objects || one.Pages > other.Pages || one.Mappings > other.Mappings || one.Descriptors > other.Descriptors;
}
