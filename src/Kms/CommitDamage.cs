namespace DrmActors.Kms;

/// <summary>How much of a picture a commit changes. Pure.</summary>
public static class CommitDamage
{
    /// <summary>
    /// Whether all that changes on a CRTC is what the damage clips of its planes say: other pixels at most, of framebuffers alike. A touched plane without
    /// clips is new as a whole, also where it is set to what it is.
    /// </summary>
    public static bool IsKnown(CommitDraft draft, CrtcChange crtc)
    {
        if (crtc.NeedsModeset || !ReferenceEquals(crtc.Old, crtc.New))
            return false;
        foreach (var plane in draft.Planes)
            if (plane.New.Crtc == crtc.Crtc.Id && !IsKnown(plane.Old, plane.New))
                return false;
        return true;
    }

    private static bool IsKnown(PlaneState old, PlaneState now) =>
        now is { DamageClips: not null, Framebuffer: { } next } && old.Framebuffer is { } last
        && (next.Format, next.Modifier, next.Width, next.Height) == (last.Format, last.Modifier, last.Width, last.Height)
        && now with { Framebuffer = last, DamageClips = old.DamageClips } == old;
}
