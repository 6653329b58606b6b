using DrmActors.Actors.Descriptors;
using DrmActors.Actors.Device;
using DrmActors.Actors.Fences;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Memory;
using DrmActors.Hardware.Time;

namespace DrmActors.Actors.Drivers;

/// <summary>All that a device is made of.</summary>
/// <param name="Minor">N of cardN.</param>
/// <param name="Arena">Where its buffers lie; shared with the other devices of a host.</param>
/// <param name="Faults">What is made to fail; null for nothing.</param>
/// <param name="Descriptors">Of the host; null for a table of its own.</param>
/// <param name="Contexts">Of the host; null for those of its own.</param>
internal sealed record DeviceSetup(
    int Minor, BoardDescription Board, DrmDriver Driver, Arena Arena, AlarmClock Clock, IoctlFaults? Faults = null,
    DescriptorTable? Descriptors = null, FenceContexts? Contexts = null)
{
    /// <summary>The first of renderDN.</summary>
    public const int FirstRenderMinor = 128;

    /// <summary>N of renderDN; 0 for a device without one.</summary>
    public int RenderMinor { get; init; }
}
