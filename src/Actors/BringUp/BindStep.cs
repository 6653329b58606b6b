namespace DrmActors.Actors.BringUp;

/// <summary>One step of a bind: sends what it has to, and says how it stands.</summary>
/// <param name="Number">From 1, in the order in which they are done.</param>
/// <param name="Undo">Takes back what <paramref name="Do"/> did; its errors change nothing. Null where there is nothing to take back.</param>
internal sealed record BindStep(int Number, string Name, Func<Progress> Do, Func<Progress>? Undo = null)
{
    /// <summary>Without it the display works all the same: a failure is told, and the bind goes on.</summary>
    public bool MayFail { get; init; }
}
