using DrmActors.Hardware.Boards;
using DrmActors.Kms;
using DrmActors.Messages;

namespace DrmActors.Actors.Drivers;

// Which objects a component has, and in which order they take their ids, is the driver's: its kernel counterpart shows the same ids.

/// <summary>Adds a display controller's planes and its CRTC. Pure.</summary>
internal delegate ModeConfig AddPipe(ModeConfig config, VopDescription vop, out CrtcId crtc);

/// <summary>Adds an output's encoder and connector, with the properties that the driver gives it. Pure.</summary>
/// <param name="possibleCrtcs">Not 0.</param>
internal delegate ModeConfig AddOutput(ModeConfig config, OutputDescription output, uint possibleCrtcs, out ConnectorId connector);
