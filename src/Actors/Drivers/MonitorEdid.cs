using System.Collections.Immutable;
using DrmActors.Hardware.Boards;
using DrmActors.Hardware.Display;

namespace DrmActors.Actors.Drivers;

/// <summary>The bytes that a connector's monitor answers at boot, as the board describes it. They are not checked here.</summary>
internal static class MonitorEdid
{
    /// <exception cref="IOException">The file is not there, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ImmutableArray<byte> Read(ConnectorDescription connector) => connector.Edid switch
    {
        EdidSource.Builtin => DefaultMonitor.Edid,
        EdidSource.File => [.. File.ReadAllBytes(connector.EdidFile!)],
        _ => [],
    };
}
