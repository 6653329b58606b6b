using DrmActors.Actors.Protocol;
using DrmActors.Kms;

namespace DrmActors.Actors.Scanout;

// Cursors that overtake a flip.
internal sealed partial class VopActor
{
    private void Take(CursorMoved moved)
    {
        if (_awaiting is { } awaiting)
            _awaiting = awaiting with { Commit = awaiting.Commit with { Planes = moved.WithCommit } };
        else if (_pending is { } pending)
            _pending = pending with { Commit = pending.Commit with { Planes = moved.WithCommit } };
        else if (_stuck is { } stuck)
            _stuck = stuck with { Commit = stuck.Commit with { Planes = moved.WithCommit } };
        else
            // The commit has latched, and the device hears of it next.
            _shown = _shown with { Planes = moved.WithCommit };
        // Where the commit changes the cursor as well, what is shown is older than what was moved, and stays until then.
        var planes = _shown.Planes.FindIndex(p => ReferenceEquals(p, moved.Was)) is >= 0 and var at
            ? moved.Now.Framebuffer is null ? _shown.Planes.RemoveAt(at) : _shown.Planes.SetItem(at, moved.Now)
            : _shown.Planes;
        if (planes != _shown.Planes)
            _shown = _shown with { Planes = planes };
    }
}

internal static class PlaneLists
{
    public static int FindIndex(this System.Collections.Immutable.ImmutableArray<PlaneState> planes, Predicate<PlaneState> isIt)
    {
        for (var i = 0; i < planes.Length; i++)
            if (isIt(planes[i]))
                return i;
        return -1;
    }
}
