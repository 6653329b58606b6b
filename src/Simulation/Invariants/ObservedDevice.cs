using DrmActors.Actors.Device;

namespace DrmActors.Simulation.Invariants;

/// <summary>A device of a run: a board that is pulled out and plugged in again is another one.</summary>
/// <param name="number">From 0, in the order in which clients have met them.</param>
internal sealed class ObservedDevice(int number, DeviceView view)
{
    public int Number => number;

    public DeviceView View => view;

    /// <summary>An object of it has crashed: handles mean nothing now, and what they mean next nobody promises.</summary>
    public bool IsLossy { get; set; }

    /// <summary>Something went wrong with it, and may still change what it shows.</summary>
    public bool IsDisturbed { get; set; }

    /// <summary>Null before it has a mode configuration.</summary>
    public DeviceSnapshot? Snapshot() => view.HasState ? DeviceSnapshot.Of(view) : null;
}
