namespace DrmActors.Hardware.Tests.Memory;

/// <summary>For tests that count what the whole process holds: nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;
