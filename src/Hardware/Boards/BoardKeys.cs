using System.Collections.Immutable;

namespace DrmActors.Hardware.Boards;

/// <summary>All keys that board files may have, by the section that they stand in; NAME where the file chooses the name.</summary>
internal static class BoardKeys
{
    internal static readonly ImmutableArray<(string Section, ImmutableArray<string> Keys)> All =
    [
        ("", BoardReader.Keys),
        ("driver.", BoardReader.DriverKeys),
        ("mode-config.", BoardReader.ModeConfigKeys),
        ("memory.", BoardReader.MemoryKeys),
        ("firmware-framebuffer.", BoardReader.FirmwareKeys),
        ("components.NAME.", [.. VopReader.Keys, .. OutputReader.WiredKeys, .. OutputReader.Keys, .. OutputReader.VirtualKeys, .. OutputReader.WritebackKeys]),
        ("components.NAME.windows.NAME.", VopReader.WindowKeys),
        ("components.NAME.connector.", [.. ConnectorReader.Keys, "type"]),
        ("limits.", LimitsReader.Keys),
    ];
}
