using DrmActors.Hardware.Boards;
using DrmActors.Kms;

namespace DrmActors.Actors.Drivers;

/// <summary>Which CRTCs can feed an output, as the UAPI's bit mask. VOPs get their CRTC indexes in the order in which they bind.</summary>
internal static class PossibleCrtcs
{
    /// <returns>Only CRTCs that are there already; 0 for none.</returns>
    public static uint Mask(BoardDescription board, OutputDescription output, ModeConfig config)
    {
        var vops = board.ComponentsInMatchOrder().OfType<VopDescription>().Select(vop => vop.Name).Distinct().ToList();
        var mask = 0u;
        foreach (var name in output.PossibleCrtcs)
            if (vops.IndexOf(name) is >= 0 and var index && index < config.Crtcs.Length)
                mask |= 1u << index;
        return mask;
    }
}
