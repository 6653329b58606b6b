namespace DrmActors.Kms;

/// <summary>What lies between two states. Pure.</summary>
public static class StateChanges
{
    /// <summary>The CRTCs whose timing or picture differs.</summary>
    public static IReadOnlyCollection<Crtc> Between(KmsState old, KmsState next) =>
        [.. next.Config.Crtcs.Where(c =>
            !ReferenceEquals(old[c], next[c]) || !ReferenceEquals(old.PrimaryOf(c), next.PrimaryOf(c)))];

    /// <summary>The planes that show a framebuffer are off; CRTCs stay as they are.</summary>
    public static KmsState WithoutPlanesOf(KmsState state, Framebuffer framebuffer)
    {
        foreach (var plane in state.Config.Planes)
            if (state[plane].Framebuffer?.Id == framebuffer.Id)
                state = state.With(plane, PlaneState.Off);
        return state;
    }

    /// <summary>Every CRTC, plane and connector off.</summary>
    public static KmsState Dark(KmsState state)
    {
        foreach (var crtc in state.Config.Crtcs)
            if (state[crtc].Mode is not null)
                state = state.With(crtc, CrtcState.Off);
        foreach (var plane in state.Config.Planes)
            if (state[plane].Framebuffer is not null)
                state = state.With(plane, PlaneState.Off);
        foreach (var connector in state.Config.Connectors)
            if (!state[connector].Crtc.IsNone)
                state = state.With(connector, state[connector] with { Crtc = default, Encoder = default });
        return state;
    }
}
