namespace DrmActors.Simulation.Invariants;

/// <summary>The files of all devices of a run in one numbering: those of the first device have the ids that it gave them.</summary>
internal static class FileNumber
{
    private const int DeviceShift = 32;

    public static ulong Of(int device, ulong id) => ((ulong)device << DeviceShift) | id;

    public static int DeviceOf(ulong file) => (int)(file >> DeviceShift);
}
