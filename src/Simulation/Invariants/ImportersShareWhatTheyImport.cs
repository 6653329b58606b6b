using DrmActors.Actors.Drivers;

namespace DrmActors.Simulation.Invariants;

internal sealed class ImportersShareWhatTheyImport : Invariant
{
    public override string Protects =>
        "an object around another device's memory has that memory and its fences, is attached to it once, and what the drivers were told of it comes in pairs";

    public override string? AtQuiet(QuietPoint now)
    {
        var expected = new Dictionary<(int Device, ulong Object), UseCounts>();
        foreach (var device in now.Devices)
            foreach (var import in device.Imports)
            {
                if (!import.SharesMemory || !import.SharesFences)
                    return $"object {import.ObjectId} of device {device.Number} has not the {(import.SharesMemory ? "fences" : "memory")} of what it was imported from";
                Add(expected, (device.Number, import.ObjectId), new(Imported: 1));
                // Whose end leaves its memory, nobody is attached to.
                if (!import.IsLost)
                    Add(expected, (import.Exporter, import.Of), new(Attached: 1, Pinned: 1, Tables: 1, Mapped: import.IsShown ? 1 : 0));
            }

        foreach (var device in now.Devices)
            foreach (var (id, uses) in device.Uses)
                if (!expected.Remove((device.Number, id), out var due) || due != uses)
                    return $"object {id} of device {device.Number} should have {due}, and has {uses}";
        return expected.Count == 0 ? null : $"object {expected.First().Key.Object} of device {expected.First().Key.Device} should have {expected.First().Value}, and has nothing";
    }

    public override string? AtEnd(QuietPoint start, QuietPoint now) => AtQuiet(now);

    private static void Add(Dictionary<(int Device, ulong Object), UseCounts> uses, (int Device, ulong Object) of, UseCounts more) =>
        uses[of] = uses.GetValueOrDefault(of) + more;
}
