using DrmActors.Hardware.Display;

namespace DrmActors.Cli.Demo;

/// <param name="Board">A name or a file.</param>
/// <param name="Image">Null for the test card.</param>
/// <param name="Edid">A file with a monitor's EDID; null for the board's own monitor.</param>
/// <param name="Mode">Null for the monitor's preferred one.</param>
internal sealed record DemoOptions(
    string Board,
    string? Image,
    string? Edid,
    ModeRequest? Mode,
    int Frames,
    string Out,
    bool VirtualTime);
