using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Time;

namespace DrmActors.Actors.Drivers;

/// <summary>All that a component's actor is made of. It tells its parent <c>RegisterComponent</c> when it can be bound.</summary>
internal sealed record ComponentSetup(BoardDescription Board, ComponentDescription Component, Arena Arena, AlarmClock Clock);
