namespace DrmActors.Kms.Limits;

// A CRTC that sleeps keeps what it would need awake: waking it must not fail. So a CRTC counts as lit as long as it has a mode.

/// <summary>What a draft is going to show.</summary>
internal static class DraftedPicture
{
    public static bool IsLit(this CrtcState crtc) => crtc.Mode is not null;

    /// <summary>The touched planes that are going to show something.</summary>
    public static ShownPlanes ShownPlanes(this CommitDraft draft) => new(draft.Planes);

    /// <summary>All planes that a CRTC is going to show, touched or not.</summary>
    public static IEnumerable<(Plane Plane, PlaneState State)> ShownOn(this CommitDraft draft, CrtcState crtc)
    {
        foreach (var index in crtc.Planes)
        {
            var plane = draft.Config.Planes[index];
            if (draft[plane] is { Framebuffer: not null } state)
                yield return (plane, state);
        }
    }
}

/// <summary>Those of some planes that are going to show something. Nothing is allocated: limits look at every commit.</summary>
internal struct ShownPlanes(TouchedObjects<PlaneChange> planes)
{
    private TouchedObjects<PlaneChange>.Enumerator _planes = planes.GetEnumerator();

    public readonly (Plane Plane, PlaneState State) Current => (_planes.Current.Plane, _planes.Current.New);

    public readonly ShownPlanes GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_planes.MoveNext())
            if (_planes.Current.New.Framebuffer is not null)
                return true;
        return false;
    }
}
