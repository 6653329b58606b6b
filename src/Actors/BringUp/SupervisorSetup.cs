using Akka.Actor;
using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Device;
using DrmActors.Actors.Drivers;
using DrmActors.Actors.Fences;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Time;

namespace DrmActors.Actors.BringUp;

/// <summary>What the supervisor builds boards with.</summary>
/// <param name="DriverOf">A new driver object for a board; null where nobody drives it.</param>
/// <param name="DeviceOf">The actor of a card.</param>
/// <param name="Faults">Of all cards; null for a host in which nothing is made to fail.</param>
/// <param name="Descriptors">Of the host; null for one of its own.</param>
/// <param name="Contexts">Of the host; null for those of its own.</param>
internal sealed record SupervisorSetup(
    Arena Arena, AlarmClock Clock, Func<BoardDescription, DrmDriver?> DriverOf, Func<DeviceSetup, Props> DeviceOf, IoctlFaults? Faults = null,
    DescriptorTable? Descriptors = null, FenceContexts? Contexts = null);
