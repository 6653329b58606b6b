using DrmActors.Messages;

namespace DrmActors.Kms;

/// <summary>
/// DPMS, the legacy way to let a monitor sleep: its CRTC goes inactive, and keeps mode, connectors and framebuffer. Pure.
/// </summary>
internal static class DpmsCheck
{
    public const ulong On = 0;
    public const ulong Off = 3;

    /// <summary>The state that a connector's DPMS asks for: its CRTC is active while one of its connectors is on.</summary>
    /// <param name="value">Everything but <see cref="On"/> is off, values that the property does not name as well.</param>
    public static KmsState Build(KmsState state, Connector connector, ulong value)
    {
        var now = state[connector];
        var off = value != On;
        if (now.DpmsOff == off)
            return state;
        var next = state.With(connector, now with { DpmsOff = off });
        if (state.Config.Find(now.Crtc) is not { } crtc)
            return next;
        var active = false;
        foreach (var other in next.Connectors)
            active |= other.Crtc == crtc.Id && !other.DpmsOff;
        return active == next[crtc].Active ? next : Follow(state, next.With(crtc, next[crtc] with { Active = active }));
    }

    /// <summary>After a modeset, DPMS says what became of the connectors: those of a CRTC that was lit are on, those that lost theirs off.</summary>
    public static KmsState Follow(KmsState old, KmsState next)
    {
        foreach (var connector in next.Config.Connectors)
        {
            var now = next[connector];
            var off = next.Config.Find(now.Crtc) is { } crtc
                ? NeedsModeset(old, next, crtc) ? !next[crtc].Active : now.DpmsOff
                : !old[connector].Crtc.IsNone || now.DpmsOff;
            if (off != now.DpmsOff)
                next = next.With(connector, now with { DpmsOff = off });
        }

        return next;
    }

    private static bool NeedsModeset(KmsState old, KmsState next, Crtc crtc)
    {
        if (old[crtc].Active != next[crtc].Active || old[crtc].Mode != next[crtc].Mode)
            return true;
        foreach (var connector in next.Config.Connectors)
            if ((old[connector].Crtc == crtc.Id) != (next[connector].Crtc == crtc.Id))
                return true;
        return false;
    }
}
