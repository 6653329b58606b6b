using DrmActors.Hardware.Memory;
using DrmActors.Kms;

namespace DrmActors.Simulation.Invariants;

internal sealed class NothingIsLeft : Invariant
{
    public override string Protects => "when all clients have gone, no object, page, mapping, descriptor or file of theirs is left";

    public override string? AtEnd(QuietPoint start, QuietPoint now)
    {
        var (was, left) = (start.Usage, WithoutLoose(now));
        if (IsMore(left, was) || (!now.WasUnplugged && IsMore(was, left)))
            return $"held at the start {was}, at the end {left}";
        if (now.OpenDescriptors != start.OpenDescriptors)
            return $"open at the start {start.OpenDescriptors} descriptors, at the end {now.OpenDescriptors}";
        var files = now.Devices.Where(d => !d.IsDead).Sum(d => d.Device.Files);
        return files == 0 ? null : $"{files} files are still open";
    }

    // A framebuffer that was closed while it is shown stays where no console takes its place: it is nobody's.
    private static ArenaUsage WithoutLoose(QuietPoint now)
    {
        var loose = now.Devices.Where(d => !d.IsDead).Sum(d => LooseBlocks(d.Device.State).Count());
        var pages = now.Devices.Where(d => !d.IsDead).Sum(d => LooseBlocks(d.Device.State).Sum(b => b.Length / Arena.PageSize));
        return now.Usage with { Objects = now.Usage.Objects - loose, Pages = now.Usage.Pages - pages };
    }

    private static IEnumerable<ArenaBlock> LooseBlocks(KmsState state) =>
        state.Framebuffers.Values.Where(f => f.IsLoose).SelectMany(f => f.Buffers).DistinctBy(b => b.ObjectId).Select(b => b.Block);

    private static bool IsMore(ArenaUsage one, ArenaUsage other) =>
        one.Objects > other.Objects || one.Pages > other.Pages || one.Mappings > other.Mappings || one.Descriptors > other.Descriptors;
}
