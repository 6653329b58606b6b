namespace DrmActors.Simulation.Invariants;

internal sealed class NoWaitIsLeft : Invariant
{
    public override string Protects => "when nobody calls, nobody waits for a syncobj either: a wait that was answered, or whose file has ended, leaves nothing";

    public override string? AtQuiet(QuietPoint now) =>
        now.Devices.FirstOrDefault(d => d.SyncobjWaits != 0) is { } device ? $"{device.SyncobjWaits} waits are left on device {device.Number}" : null;

    public override string? AtEnd(QuietPoint start, QuietPoint now) => AtQuiet(now);
}
