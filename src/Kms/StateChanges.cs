using System.Collections.Immutable;
using DrmActors.Messages;
using DrmActors.Messages.Uapi;

namespace DrmActors.Kms;

/// <summary>What lies between two states. Pure.</summary>
public static class StateChanges
{
    /// <summary>The CRTCs whose timing or picture differs.</summary>
    public static IReadOnlyCollection<Crtc> Between(KmsState old, KmsState next) =>
        [.. next.Config.Crtcs.Where(c =>
            !ReferenceEquals(old[c], next[c]) || next.Config.Planes.Any(p =>
                !ReferenceEquals(old[p], next[p]) && (p.Id == c.Primary || old[p].Crtc == c.Id || next[p].Crtc == c.Id)))];

    /// <summary>The framebuffers of cursors that no plane shows any more.</summary>
    public static ImmutableArray<Framebuffer> CursorsLeftBehind(KmsState old, KmsState next)
    {
        ImmutableArray<Framebuffer> left = [];
        foreach (var plane in old.Planes)
            if (plane.Framebuffer is { IsCursor: true } cursor && next.Planes.All(p => p.Framebuffer?.Id != cursor.Id))
                left = left.Add(cursor);
        return left;
    }

    /// <summary>A CRTC with a mode is active, one without is off. A mode that it has not yet becomes a blob.</summary>
    public static KmsState WithMode(KmsState state, Crtc crtc, ModeInfo? mode)
    {
        var now = state[crtc];
        if (mode is null)
            return state.With(crtc, now with { Active = false, Mode = null, ModeBlob = null });
        var blob = now.ModeBlob;
        if (mode != now.Mode)
            state = state.NewBlob(owner: 0, BlobContents.OfMode(mode), out blob);
        return state.With(crtc, now with { Active = true, Mode = mode, ModeBlob = blob });
    }

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
                state = WithMode(state, crtc, null);
        foreach (var plane in state.Config.Planes)
            if (state[plane].Framebuffer is not null)
                state = state.With(plane, PlaneState.Off);
        foreach (var connector in state.Config.Connectors)
            if (!state[connector].Crtc.IsNone)
                state = state.With(connector, state[connector] with { Crtc = default, Encoder = default, DpmsOff = true });
        return state;
    }
}
