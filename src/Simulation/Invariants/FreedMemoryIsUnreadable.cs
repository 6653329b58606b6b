namespace DrmActors.Simulation.Invariants;

internal sealed class FreedMemoryIsUnreadable : Invariant
{
    public override string Protects => "fresh memory is zero, so that nothing of a freed buffer is ever read, and a mapping that is gone cannot be used";

    public override void OnLook(ObservedLook look)
    {
        if (look.IsGone)
            throw new InvariantException(this, look.Client, look.Step, $"the mapping of {look.Handle} is readable after it was disposed of");
        if (look is { Written: 0 } and not { Head: 0, Tail: 0 })
            throw new InvariantException(
                this, look.Client, look.Step, $"{look.Handle}, in which nobody has written, begins with {look.Head:x} and ends with {look.Tail:x}");
    }
}
