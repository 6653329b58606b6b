using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>Which encoder feeds which connector from which CRTC, and what else that switches off. Pure.</summary>
internal static class RoutingCheck
{
    /// <summary>
    /// Gives every connector of <paramref name="crtc"/> an encoder that can be fed by it, takes encoders from connectors that
    /// lose them, and turns off other CRTCs that are left without a connector. EINVAL where no encoder fits.
    /// </summary>
    public static Errno Check(KmsState old, ref KmsState next, Crtc crtc)
    {
        foreach (var connector in next.Config.Connectors)
        {
            if (next[connector].Crtc != crtc.Id)
                continue;
            if (!connector.Carries(next[crtc].Mode!) || FindEncoder(next, connector, crtc) is not { } encoder)
                return Errno.EINVAL;
            next = TakeFromOthers(next, connector, encoder).With(connector, next[connector] with { Encoder = encoder });
        }

        foreach (var other in next.Config.Crtcs)
            if (other != crtc && old[other].Mode is not null && !HasConnector(next, other))
                next = StateChanges.WithMode(next, other, null).With(next.Config.PrimaryOf(other), PlaneState.Off);
        return Errno.None;
    }

    private static EncoderId? FindEncoder(KmsState state, Connector connector, Crtc crtc)
    {
        foreach (var id in connector.Encoders)
            if (state.Config.Find(id) is { } encoder && (encoder.PossibleCrtcs & (1u << crtc.Index)) != 0)
                return id;
        return null;
    }

    private static KmsState TakeFromOthers(KmsState state, Connector connector, EncoderId encoder)
    {
        foreach (var other in state.Config.Connectors)
            if (other != connector && state[other].Encoder == encoder)
                state = state.With(other, state[other] with { Crtc = default, Encoder = default });
        return state;
    }

    private static bool HasConnector(KmsState state, Crtc crtc)
    {
        foreach (var connector in state.Connectors)
            if (connector.Crtc == crtc.Id)
                return true;
        return false;
    }
}
