using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>The four pairs of hsync and vsync polarity, short for the tables of timings: the first letter is hsync's.</summary>
internal static class SyncPolarity
{
    internal const ModeFlags PP = ModeFlags.PHSync | ModeFlags.PVSync;
    internal const ModeFlags PN = ModeFlags.PHSync | ModeFlags.NVSync;
    internal const ModeFlags NP = ModeFlags.NHSync | ModeFlags.PVSync;
    internal const ModeFlags NN = ModeFlags.NHSync | ModeFlags.NVSync;
}
