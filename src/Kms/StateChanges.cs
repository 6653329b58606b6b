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

    /// <summary>The loose framebuffers that a commit took from the last plane that showed them.</summary>
    public static ImmutableArray<Framebuffer> LeftBehind(CommitDraft draft, KmsState next)
    {
        ImmutableArray<Framebuffer> left = [];
        foreach (var plane in draft.Planes)
            if (!ReferenceEquals(plane.Old.Framebuffer, plane.New.Framebuffer) && plane.Old.Framebuffer is { } was)
                left = AddLoose(left, next, was);
        return left;
    }

    /// <summary>Likewise of any change.</summary>
    public static ImmutableArray<Framebuffer> LeftBehind(KmsState old, KmsState next)
    {
        ImmutableArray<Framebuffer> left = [];
        foreach (var plane in old.Planes)
            if (plane.Framebuffer is { } was)
                left = AddLoose(left, next, was);
        return left;
    }

    // Planes may show it as it was before it was closed.
    private static ImmutableArray<Framebuffer> AddLoose(ImmutableArray<Framebuffer> left, KmsState next, Framebuffer was) =>
        next.Find(was.Id) is { IsLoose: true } loose && !IsShown(next, was.Id) && !left.Contains(loose) ? left.Add(loose) : left;

    private static bool IsShown(KmsState state, FramebufferId id)
    {
        foreach (var plane in state.Planes)
            if (plane.Framebuffer?.Id == id)
                return true;
        return false;
    }

    /// <summary>CLOSEFB: nobody's from now on. Null where no plane shows it, and it can go at once.</summary>
    public static KmsState? Loosen(KmsState state, Framebuffer closed) => IsShown(state, closed.Id)
        ? state with { Framebuffers = state.Framebuffers.SetItem(closed.Id.Value, closed with { Owner = 0, IsLoose = true }) }
        : null;

    /// <summary>A CRTC with a mode is active, one without is off. A mode that it has not yet becomes a blob.</summary>
    public static void SetMode(CommitDraft draft, Crtc crtc, ModeInfo? mode)
    {
        var change = draft.Touch(crtc);
        var blob = mode is null ? null : mode == change.New.Mode ? change.New.ModeBlob : draft.NewBlob(BlobContents.OfMode(mode));
        change.New = change.New with { Active = mode is not null, Mode = mode, ModeBlob = blob };
    }

    /// <summary>
    /// The planes that show one of the framebuffers are off. CRTCs stay as they are, but for those that cannot do without their primary plane.
    /// </summary>
    public static CommitDraft WithoutPlanesOf(KmsState state, IReadOnlyCollection<Framebuffer> framebuffers)
    {
        var draft = new CommitDraft(state);
        SwitchOff(draft, framebuffers, alsoCrtcs: false);
        if (CommitCheck.Check(draft) == Errno.None)
            return draft;
        draft = new CommitDraft(state);
        SwitchOff(draft, framebuffers, alsoCrtcs: true);
        // What is removed goes, even where the hardware does not like what remains.
        CommitCheck.Check(draft);
        return draft;
    }

    private static void SwitchOff(CommitDraft draft, IReadOnlyCollection<Framebuffer> framebuffers, bool alsoCrtcs)
    {
        foreach (var plane in draft.Config.Planes)
        {
            if (draft.Old[plane].Framebuffer is not { } shown || framebuffers.All(f => f.Id != shown.Id))
                continue;
            var change = draft.Touch(plane);
            if (alsoCrtcs && draft.Config.Find(change.Old.Crtc) is { } crtc && crtc.Primary == plane.Id)
            {
                foreach (var connector in draft[crtc].Connectors)
                    draft.Move(draft.Touch(draft.Config.Connectors[connector]), null);
                SetMode(draft, crtc, null);
            }

            draft.Move(change, null);
            change.New = change.New with { Framebuffer = null };
        }
    }

    /// <summary>Every CRTC, plane and connector off.</summary>
    public static KmsState Dark(KmsState state)
    {
        var draft = new CommitDraft(state);
        foreach (var crtc in state.Config.Crtcs)
            if (state[crtc].Mode is not null)
                SetMode(draft, crtc, null);
        foreach (var plane in state.Config.Planes)
            if (state[plane].Framebuffer is not null)
                draft.SwitchOff(draft.Touch(plane));
        foreach (var connector in state.Config.Connectors)
        {
            if (state[connector].Crtc.IsNone)
                continue;
            var change = draft.Touch(connector);
            draft.Move(change, null);
            change.New = change.New with { Encoder = default, DpmsOff = true };
        }

        return draft.Build();
    }
}
