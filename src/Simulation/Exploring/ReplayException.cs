namespace DrmActors.Simulation.Exploring;

/// <summary>A replay does not fit what it is replayed with: another program, workload or runtime.</summary>
public sealed class ReplayException(string message) : Exception(message);
