using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Hardware.Display;

/// <summary>A connector's mode list: how probed modes become it, and what a client sees of it.</summary>
public static class ModeList
{
    /// <summary>
    /// Merges equal modes, drops those that no display controller could show, and sorts: preferred first, then by area,
    /// refresh and clock, the greatest first, else in the order probed. Of equal modes the preferred one's numbers stay,
    /// else the first one's; their types are united.
    /// </summary>
    public static ImmutableArray<ModeInfo> Of(IEnumerable<ModeInfo> probed)
    {
        ArgumentNullException.ThrowIfNull(probed);
        var modes = new List<ModeInfo>();
        foreach (var mode in probed)
        {
            var index = modes.FindIndex(other => ModeTimings.Equal(mode, other));
            if (index < 0) modes.Add(mode);
            else modes[index] = Merge(modes[index], mode);
        }

        return [.. modes.Where(mode => ModeValidation.Check(mode) == ModeStatus.Ok)
            .OrderByDescending(mode => IsPreferred(mode))
            .ThenByDescending(mode => mode.HDisplay * mode.VDisplay)
            .ThenByDescending(ModeTimings.VRefresh)
            .ThenByDescending(mode => mode.Clock)];
    }

    /// <summary>
    /// What GETCONNECTOR shows of <paramref name="modes"/>: without <c>DRM_CLIENT_CAP_STEREO_3D</c> no stereo modes; without
    /// <c>DRM_CLIENT_CAP_ASPECT_RATIO</c> no aspect flags, and modes that then look alike only once.
    /// </summary>
    public static ImmutableArray<ModeInfo> Expose(ImmutableArray<ModeInfo> modes, bool stereo, bool aspectRatio)
    {
        var exposed = ImmutableArray.CreateBuilder<ModeInfo>(modes.Length);
        foreach (var mode in modes)
        {
            if (!stereo && (mode.Flags & ModeFlags.StereoMask) != ModeFlags.None) continue;
            if (aspectRatio) exposed.Add(mode);
            else if (!exposed.Any(other => ModeTimings.EqualButAspect(other, mode)))
                exposed.Add(mode with { Flags = mode.Flags & ~ModeFlags.AspectMask });
        }

        return exposed.ToImmutable();
    }

    private static ModeInfo Merge(ModeInfo listed, ModeInfo probed) =>
        (!IsPreferred(listed) && IsPreferred(probed) ? probed : listed) with { Type = listed.Type | probed.Type };

    private static bool IsPreferred(ModeInfo mode) => mode.Type.HasFlag(ModeTypes.Preferred);
}
