using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>
/// What came of reading an EDID. <paramref name="Edid"/> is null where it cannot be used at all. <paramref name="Problem"/> says
/// everything that was wrong, block, byte, found and expected, in one text, to be logged once; null where nothing was.
/// </summary>
public sealed record EdidResult(Edid? Edid, string? Problem)
{
    /// <summary>The connector's modes: the EDID's, or those of a monitor that says nothing.</summary>
    public ImmutableArray<ModeInfo> Modes => Edid is { Modes.Length: > 0 } ? Edid.Modes : NoEdidModes.Default;
}
