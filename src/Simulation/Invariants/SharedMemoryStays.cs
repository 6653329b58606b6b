namespace DrmActors.Simulation.Invariants;

internal sealed class SharedMemoryStays : Invariant
{
    // Who wrote a value last of its own, and where: each value is written once.
    private readonly Dictionary<ulong, (long Offset, uint Stamp)> _written = [];
    private readonly HashSet<(int Client, (long Offset, uint Stamp) Memory)> _writers = [];

    public override string Protects => "memory that is shared holds what somebody wrote into it, on whichever board, and also when the board that made it has gone";

    public override void OnMark(int client, (long Offset, uint Stamp) memory, ulong value)
    {
        _written.Add(value, memory);
        _writers.Add((client, memory));
    }

    public override void OnGlance(ObservedGlance glance)
    {
        // Who has not been there himself may have looked before the others wrote.
        if (glance.Head == 0 ? !_writers.Contains((glance.Client, glance.Memory)) : _written.TryGetValue(glance.Head, out var place) && place == glance.Memory)
            return;
        throw new InvariantException(this, glance.Client, glance.Step, $"memory at {glance.Memory} begins with {glance.Head:x}, which nobody wrote there");
    }
}
