using DrmActors.Messages;

namespace DrmActors.Simulation.Invariants;

/// <summary>For the watch: something is made to go wrong with a device. No call of anybody's.</summary>
/// <param name="LosesObjects">Some of its objects may be gone, though handles of them are held.</param>
internal sealed record InjectFault(string Name, bool LosesObjects = false) : IIoctl<Done>;
