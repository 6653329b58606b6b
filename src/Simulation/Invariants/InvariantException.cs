namespace DrmActors.Simulation.Invariants;

/// <summary>A promise was broken: which, and where it was seen.</summary>
internal sealed class InvariantException : Exception
{
    /// <param name="client">-1 where it is not one client's.</param>
    /// <param name="step">The call of the client's workload, from 0.</param>
    public InvariantException(Invariant invariant, int client, int step, string what)
        : base($"{invariant.Name}: {(client < 0 ? "" : $"client {client}, call {step}: ")}{what} ({invariant.Protects})")
    {
        Invariant = invariant.Name;
        Client = client;
        Step = step;
    }

    public string Invariant { get; }

    public int Client { get; }

    public int Step { get; }
}
