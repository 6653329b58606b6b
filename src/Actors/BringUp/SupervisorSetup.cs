using Akka.Actor;
using DrmActors.Actors.Drivers;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Time;

namespace DrmActors.Actors.BringUp;

/// <summary>What the supervisor builds boards with.</summary>
/// <param name="DriverOf">A new driver object for a board; null where nobody drives it.</param>
/// <param name="DeviceOf">The actor of a card.</param>
internal sealed record SupervisorSetup(
    Arena Arena, AlarmClock Clock, Func<BoardDescription, DrmDriver?> DriverOf, Func<DeviceSetup, Props> DeviceOf);
