namespace DrmActors.Simulation.Invariants;

/// <summary>Seen by who plugs it in.</summary>
internal sealed class BoardsComeBack : Invariant
{
    public override string Protects => "a board that was pulled out, or that a crash has ended, comes up again when it is plugged in";
}
