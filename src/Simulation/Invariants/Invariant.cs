using DrmActors.Messages;

namespace DrmActors.Simulation.Invariants;

/// <summary>
/// A promise that holds in every run of every workload. It is told, one thing at a time, of all that the clients do and see, and throws where that
/// cannot be. On threads it hears of an answer some time after it was given, so it may only conclude from what had ended before something began.
/// </summary>
internal abstract class Invariant
{
    public string Name => GetType().Name;

    /// <summary>In a sentence.</summary>
    public abstract string Protects { get; }

    public virtual void OnBegin(ObservedCall call)
    {
    }

    public virtual void OnEnd(ObservedCall call)
    {
    }

    /// <summary>A client has looked into a buffer that is its alone.</summary>
    public virtual void OnLook(ObservedLook look)
    {
    }

    /// <summary>A client has looked at memory that others may write as well.</summary>
    public virtual void OnGlance(ObservedGlance glance)
    {
    }

    /// <summary>A client is about to write a value, which nobody else writes, at the beginning of a piece of memory.</summary>
    public virtual void OnMark(int client, (long Offset, uint Stamp) memory, ulong value)
    {
    }

    /// <summary>Nobody calls. What is under way without a caller may still have to settle.</summary>
    /// <returns>What is wrong, if it stays so; null for nothing.</returns>
    public virtual string? AtQuiet(QuietPoint now) => null;

    /// <summary>As <see cref="AtQuiet"/>, when all clients have gone.</summary>
    /// <param name="start">Before the first came.</param>
    public virtual string? AtEnd(QuietPoint start, QuietPoint now) => null;

    /// <summary>Nothing can happen any more, and not all clients are done.</summary>
    public virtual string? AtStandstill() => null;

    protected InvariantException Violated(ObservedCall call, string what) => new(this, call.Client, call.Step, $"{call}: {what}");
}
