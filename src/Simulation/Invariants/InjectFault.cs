using DrmActors.Messages;

namespace DrmActors.Simulation.Invariants;

/// <summary>For the watch: something is made to go wrong with a device. No call of anybody's.</summary>
/// <param name="LosesObjects">Some of its objects may be gone, though handles of them are held.</param>
/// <param name="OfAllDevices">It hits what all of them stand on.</param>
internal sealed record InjectFault(string Name, bool LosesObjects = false, bool OfAllDevices = false) : IIoctl<Done>;
