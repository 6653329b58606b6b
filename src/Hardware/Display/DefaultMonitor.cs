using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>The monitor that is connected where nobody says which: "DRM Actors", 24 inch, 1920x1080 at 60 Hz.</summary>
public static class DefaultMonitor
{
    private const string Name = "DRM Actors";
    private const int WidthMm = 530;
    private const int HeightMm = 300;

    /// <summary>Its EDID, 256 bytes.</summary>
    public static ImmutableArray<byte> Edid { get; } = ImmutableArray.Create(EdidBuilder.Build(Name, WidthMm, HeightMm, Modes()));

    private static ModeInfo[] Modes()
    {
        byte[] vics = [16, 4, 31, 19, 34, 3, 18, 1];
        byte[] dmts = [0x23, 0x10, 0x09];
        return [.. vics.Select(vic => CtaModes.Find(vic)!), .. dmts.Select(DmtModes.ById)];
    }
}
