namespace DrmActors.Simulation.Worlds;

/// <summary>
/// Where things run one after the other: an actor's mailbox, or a client's code. What is ready in different lanes may run in any order, and the
/// schedule decides in which.
/// </summary>
internal sealed class Lane(string name)
{
    private readonly Queue<Action> _runs = new();

    /// <summary>The actor's path without its address, or the client's name. Lanes are told apart by it, in every run alike.</summary>
    public string Name { get; } = name;

    public ulong Hash { get; } = StableHash.Of(name);

    /// <summary>Whether it is an actor of the device stack: no guardian, and nobody who asks for a client.</summary>
    public bool IsOfHost { get; } = name is "/user/drm" or "/user/dead-calls" || name.StartsWith("/user/drm/", StringComparison.Ordinal);

    public int RunCount => _runs.Count;

    public void Add(Action run) => _runs.Enqueue(run);

    public Action Take() => _runs.Dequeue();
}
