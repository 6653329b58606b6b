using DrmActors.Hardware.Memory;

namespace DrmActors.Simulation.Invariants;

internal sealed class NothingIsLeft : Invariant
{
    public override string Protects => "when all clients have gone, no object, page, mapping, descriptor or file of theirs is left";

    public override string? AtEnd(QuietPoint start, QuietPoint now)
    {
        var (was, left) = (start.Usage, now.Usage);
        if (IsMore(left, was) || (!now.WasUnplugged && IsMore(was, left)))
            return $"held at the start {was}, at the end {left}";
        var files = now.Devices.Where(d => !d.IsDead).Sum(d => d.Device.Files);
        return files == 0 ? null : $"{files} files are still open";
    }

    private static bool IsMore(ArenaUsage one, ArenaUsage other) =>
        one.Objects > other.Objects || one.Pages > other.Pages || one.Mappings > other.Mappings || one.Descriptors > other.Descriptors;
}
