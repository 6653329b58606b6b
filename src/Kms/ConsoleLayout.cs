using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>Which CRTC the console lights for which monitor. Pure.</summary>
public static class ConsoleLayout
{
    /// <summary>For each connected connector the first free CRTC that reaches it, with the first of its modes that this CRTC sends, and that fits.</summary>
    /// <param name="maxWidth">Pixels of the console's framebuffer, where there is one already.</param>
    public static ImmutableArray<ModeSetCrtc> Plan(KmsState state, FramebufferId framebuffer = default, uint maxWidth = uint.MaxValue, uint maxHeight = uint.MaxValue)
    {
        var plan = ImmutableArray.CreateBuilder<ModeSetCrtc>();
        var free = state.Config.Crtcs.ToList();
        foreach (var connector in state.Config.PresentConnectors)
        {
            if (state[connector].Status != ConnectorStatus.Connected)
                continue;
            if (Choose(state, connector, free, maxWidth, maxHeight) is not { } choice)
                continue;
            free.Remove(choice.Crtc);
            plan.Add(new ModeSetCrtc(choice.Crtc.Id, framebuffer, 0, 0, [connector.Id], choice.Mode));
        }

        return plan.ToImmutable();
    }

    private static (Crtc Crtc, ModeInfo Mode)? Choose(KmsState state, Connector connector, List<Crtc> free, uint maxWidth, uint maxHeight)
    {
        foreach (var mode in state[connector].Modes)
            foreach (var crtc in free)
                if (mode.HDisplay <= maxWidth && mode.VDisplay <= maxHeight && crtc.Sends(mode) && connector.Encoders.Any(e => (state.Config.Find(e)!.PossibleCrtcs & (1u << crtc.Index)) != 0))
                    return (crtc, mode);
        return null;
    }
}
