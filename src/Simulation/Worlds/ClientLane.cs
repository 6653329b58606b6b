namespace DrmActors.Simulation.Worlds;

/// <summary>Where a simulated client's code runs: each piece between two awaits is one run in its lane.</summary>
internal sealed class ClientLane(World world, string name) : SynchronizationContext
{
    private readonly Lane _lane = world.LaneOf(name);

    /// <summary>Of the client whose code runs now.</summary>
    public static string CurrentName => (Current as ClientLane)?._lane.Name ?? "host";

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => world.Add(_lane, () => Run(d, state));

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) => Run(d, state);

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    private void Run(SendOrPostCallback callback, object? state)
    {
        var before = Current;
        SetSynchronizationContext(this);
        try
        {
            callback(state);
        }
        finally
        {
            SetSynchronizationContext(before);
        }
    }
}
