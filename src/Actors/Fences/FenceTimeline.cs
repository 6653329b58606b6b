namespace DrmActors.Actors.Fences;

/// <summary>A context and its fences, which are numbered from 1 and happen in that order: the flips of a CRTC, the jobs of a writeback connector.</summary>
/// <param name="driver">Whose it is, as sync files tell it.</param>
/// <param name="name">As sync files tell it.</param>
/// <param name="context">Unique in a host.</param>
internal sealed class FenceTimeline(string driver, string name, ulong context)
{
    private ulong _last;

    /// <summary>A fence that follows all others of it.</summary>
    public Fence Next() => new(driver, name, context, ++_last);
}
