namespace DrmActors.Simulation.Invariants;

internal sealed class NothingIsLeft : Invariant
{
    public override string Protects => "when all clients have gone, no object, page, mapping, descriptor or file of theirs is left";

    public override string? AtEnd(QuietPoint start, QuietPoint now)
    {
        var (was, left) = (start.Usage, now.Usage);
        if ((was.Objects, was.Pages, was.Mappings, was.Descriptors) != (left.Objects, left.Pages, left.Mappings, left.Descriptors))
            return $"held at the start {was}, at the end {left}";
        return now.Device.Files == 0 ? null : $"{now.Device.Files} files are still open";
    }
}
