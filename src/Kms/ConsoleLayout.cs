using System.Collections.Immutable;
using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>Which CRTC the console lights for which monitor. Pure.</summary>
public static class ConsoleLayout
{
    /// <summary>For each connected connector the first free CRTC that reaches it, with the first of its modes that this CRTC sends.</summary>
    public static ImmutableArray<ModeSetCrtc> Plan(KmsState state)
    {
        var plan = ImmutableArray.CreateBuilder<ModeSetCrtc>();
        var free = state.Config.Crtcs.ToList();
        foreach (var connector in state.Config.PresentConnectors)
        {
            if (state[connector].Status != ConnectorStatus.Connected)
                continue;
            if (Choose(state, connector, free) is not { } choice)
                continue;
            free.Remove(choice.Crtc);
            plan.Add(new ModeSetCrtc(choice.Crtc.Id, default, 0, 0, [connector.Id], choice.Mode));
        }

        return plan.ToImmutable();
    }

    private static (Crtc Crtc, ModeInfo Mode)? Choose(KmsState state, Connector connector, List<Crtc> free)
    {
        foreach (var mode in state[connector].Modes)
            foreach (var crtc in free)
                if (crtc.Sends(mode) && connector.Encoders.Any(e => (state.Config.Find(e)!.PossibleCrtcs & (1u << crtc.Index)) != 0))
                    return (crtc, mode);
        return null;
    }
}
