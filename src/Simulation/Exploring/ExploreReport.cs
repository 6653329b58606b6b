using DrmActors.Simulation.Invariants;

namespace DrmActors.Simulation.Exploring;

/// <summary>What an exploration saw.</summary>
/// <param name="Runs">Worlds that ended.</param>
/// <param name="DistinctTraces">How many different orders of messages those were.</param>
/// <param name="Choices">Of all runs together: steps that were one of several.</param>
/// <param name="Deliveries">Of all runs together: messages that actors got.</param>
/// <param name="Violation">The one with the lowest seed; null where every run passed.</param>
public sealed record ExploreReport(int Runs, int DistinctTraces, long Choices, long Deliveries, Violation? Violation);

/// <summary>A run that did not pass.</summary>
/// <param name="Choices">By the names of what ran, null where the time went on: all that is needed to run it again.</param>
public sealed record Violation(int Seed, WorldOutcome Outcome, IReadOnlyList<string?> Choices)
{
    /// <summary>Which promise was broken, or what was thrown: the same for two runs that fail in the same way.</summary>
    public string Kind => Outcome switch
    {
        { Failure: InvariantException broken } => broken.Invariant,
        { End: WorldEnd.Failed, Failure: { } failure } => failure.GetType().Name,
        _ => Outcome.End.ToString(),
    };

    /// <summary>In a sentence.</summary>
    public string Message => Outcome switch
    {
        { End: WorldEnd.Failed, Failure: { } failure } => failure.Message,
        { End: WorldEnd.Deadlock } => $"deadlock: nothing is ready and no time is waited for, but the workload is not over: {Outcome.Failure?.Message}",
        { End: WorldEnd.Livelock } => $"livelock: more steps than a run may have: {Outcome.Failure?.Message}",
        _ => "passed",
    };
}
